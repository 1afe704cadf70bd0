// SPDX-License-Identifier: Apache-2.0
#include "templates/environment_file.h"

#include <catch2/catch.hpp>

namespace pushguard {

TEST_CASE("environment files by name") {
  for (const char* path :
       {".env", "a/b/.env", ".envrc", ".env.local", ".env.production", ".env.production.local",
        "prod.env", "production.env", "config/environments/production.rb", "application.prod.yml",
        "appsettings.production.json", "values.production.yaml", "prod.tfvars",
        "environment.prod.ts"}) {
    INFO(path);
    CHECK(is_environment_file(path));
  }
  for (const char* path :
       {".env.example", ".env.sample", ".env.template", ".env.dist", ".env.production.example",
        "env", "a.env/readme", "environment.ts", "production.md", "product.json", "production",
        "reproduction.yml", "webpack.prod.min", ".environment", "", "a/", "example.prod.yml",
        "prod.env.md", ".env.vault"}) {
    INFO(path);
    CHECK_FALSE(is_environment_file(path));
  }
}

}  // namespace pushguard
