# SPDX-License-Identifier: Apache-2.0
"""The files of the benchmark: each kind writes one value as people and code assistants do.

A kind is a function of a `random.Random` and a Sample, and returns a path and a text. The
values are in benchmark_values.py. A third of the kinds, by the hash of their names, is held
back from tuning: `is_held_back`.
"""

import base64
import hashlib
import json

from rules.benchmark_values import WORDS, decoy, drawn, uuid4

KINDS = {}


def kind(name):
    def add(write):
        KINDS[name] = write
        return write
    return add


def is_held_back(name):
    return hashlib.sha256(name.encode()).digest()[0] % 3 == 0


def word(random):
    return random.choice(WORDS)


# SDK constructors. {S} is the service, {v} the value, {V} the variable, {p} and {c} the
# parameter in snake and in camel case, {m} its name with capitals, {w} a word, {n} a number.
SDK = {
    "python": ("src/{w}/client.py", (
        'from {s} import {S}\n\nclient = {S}({p}="{v}")\n',
        'import {s}\n\n{s}.{p} = "{v}"\nprint({s}.{w}.list(limit={n}))\n',
        'import os\n\n{V} = os.getenv("{V}", "{v}")\n',
        'class {S}Client:\n    def __init__(self, {p}: str = "{v}", timeout: int = {n}):\n'
        '        self.{p} = {p}\n',
        'config = {{\n    "timeout": {n},\n    "{p}": "{v}",\n}}\n',
        'os.environ["{V}"] = "{v}"\nllm = Chat{S}(model="{w}-{n}", temperature=0)\n')),
    "javascript": ("src/{w}.js", (
        'const {s} = require("{s}");\nconst client = new {S}({{ {c}: "{v}" }});\n',
        'const client = new {S}("{v}", {{ timeout: {n} }});\n',
        'const {c} = process.env.{V} || "{v}";\n',
        'module.exports = {{\n  {w}: {n},\n  {c}: \'{v}\',\n}};\n',
        'process.env.{V} ??= "{v}";\n')),
    "typescript": ("src/{w}.ts", (
        'import {S} from "{s}";\n\nexport const {w} = new {S}({{\n  {c}: "{v}",\n  maxRetries: {n},'
        '\n}});\n',
        'const {c}: string = "{v}";\n',
        'export class {m}Service {{\n  private readonly {c} = "{v}";\n}}\n',
        'const {c} = import.meta.env.VITE_{V} ?? "{v}";\n')),
    "go": ("internal/{w}/client.go", (
        'package {w}\n\nvar client = {s}.NewClient("{v}")\n',
        'package {w}\n\nconst {c} = "{v}"\n',
        'cfg := {s}.Config{{\n\tTimeout: {n},\n\t{m}: "{v}",\n}}\n',
        'func {c}() string {{\n\tif v := os.Getenv("{V}"); v != "" {{\n\t\treturn v\n\t}}\n'
        '\treturn "{v}"\n}}\n')),
    "java": ("src/main/java/com/acme/{m}Config.java", (
        'public class Config {{\n    private static final String {V} = "{v}";\n}}\n',
        '{S}Client client = {S}Client.builder()\n    .timeout({n})\n    .{c}("{v}")\n'
        '    .build();\n',
        '@Value("${{{s}.{c}:{v}}}")\nprivate String {c};\n',
        'props.setProperty("{s}.{c}", "{v}");\n')),
    "kotlin": ("app/src/main/kotlin/{m}.kt", (
        'private const val {V} = "{v}"\n', 'val client = {S}({c} = "{v}", retries = {n})\n',
        'val {c}: String = System.getenv("{V}") ?: "{v}"\n')),
    "csharp": ("src/{m}.cs", (
        'public const string {m} = "{v}";\n',
        'var client = new {S}Client(new {S}Options {{ {m} = "{v}", Retries = {n} }});\n',
        'public string {m} {{ get; set; }} = "{v}";\n',
        'var {c} = Environment.GetEnvironmentVariable("{V}") ?? "{v}";\n')),
    "ruby": ("config/initializers/{w}.rb", (
        '{S}.configure do |config|\n  config.{p} = "{v}"\nend\n',
        "client = {S}::Client.new({p}: '{v}')\n", "{V} = ENV.fetch('{V}', '{v}')\n")),
    "php": ("config/{w}.php", (
        "<?php\nreturn [\n    '{p}' => '{v}',\n    'retries' => {n},\n];\n",
        "<?php\n$client = new \\{S}\\Client('{v}');\n", "<?php\ndefine('{V}', '{v}');\n",
        "'{p}' => env('{V}', '{v}'),\n")),
    "rust": ("src/{w}.rs", (
        'const {V}: &str = "{v}";\n', 'let client = {S}::new("{v}".to_string());\n',
        'let {p} = std::env::var("{V}").unwrap_or_else(|_| "{v}".to_string());\n')),
    "swift": ("Sources/{m}.swift", (
        'let {c} = "{v}"\n', 'let client = {S}({c}: "{v}")\n',
        'struct Config {{\n    static let {c}: String = "{v}"\n}}\n')),
    "dart": ("lib/{w}.dart", (
        "const String {c} = '{v}';\n", "final client = {S}Client({c}: '{v}', retries: {n});\n",
        "static const _{c} = String.fromEnvironment('{V}', defaultValue: '{v}');\n")),
}


def fill(random, sample, template):
    return template.format(
        S=sample.service, s=sample.lower, v=sample.value, V=sample.variable, p=sample.parameter,
        c=sample.camel, m=sample.camel[0].upper() + sample.camel[1:], w=word(random),
        n=random.randrange(2, 90))


def sdk(language):
    path, idioms = SDK[language]

    def write(random, sample):
        name, value = decoy(random)
        mark = "#" if language in ("python", "ruby") else "//"
        text = fill(random, sample, random.choice(idioms))
        return fill(random, sample, path), f"{mark} {name}: {value}\n\n{text}"
    return write


for one in SDK:
    KINDS[f"sdk {one}"] = sdk(one)


def quoted(random, value):
    return random.choice((value, f'"{value}"', f"'{value}'"))


@kind("env file")
def env_file(random, sample):
    name, value = decoy(random)
    return random.choice((".env", ".env.production", "deploy/app.env", ".env.local")), (
        f"NODE_ENV=production\nPORT={random.randrange(1000, 9999)}\n{name.upper()}={value}\n"
        f"{sample.variable}={quoted(random, sample.value)}\nLOG_LEVEL=info\n")


@kind("env export")
def env_export(random, sample):
    return random.choice((".envrc", "setup.sh", ".bashrc")), (
        f"export EDITOR=vim\nexport {sample.variable}={quoted(random, sample.value)}\n")


@kind("compose")
def compose(random, sample):
    entry = random.choice((f"      {sample.variable}: {quoted(random, sample.value)}",
                           f"      - {sample.variable}={sample.value}"))
    return "docker-compose.yml", (
        f"services:\n  {word(random)}:\n    image: acme/{word(random)}@sha256:"
        f"{drawn(random, '0123456789abcdef', 64)}\n    environment:\n{entry}\n")


@kind("Dockerfile")
def dockerfile(random, sample):
    line = random.choice((f"ENV {sample.variable}={sample.value}",
                          f"ENV {sample.variable} {sample.value}",
                          f'ARG {sample.variable}="{sample.value}"'))
    return "Dockerfile", f"FROM python:3.12-slim\nWORKDIR /app\n{line}\nCOPY . .\n"


@kind("Kubernetes Secret")
def kubernetes_secret(random, sample):
    head = (f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {word(random)}-{word(random)}\n"
            "type: Opaque\n")
    key = sample.parameter.replace("_", random.choice("-_"))
    if random.random() < 0.5:
        encoded = base64.b64encode(sample.value.encode()).decode()
        return "k8s/secret.yaml", f"{head}data:\n  {key}: {encoded}\n"
    return "k8s/secret.yaml", f"{head}stringData:\n  {key}: {quoted(random, sample.value)}\n"


@kind("Kubernetes Deployment")
def deployment(random, sample):
    return "k8s/deployment.yaml", (
        f"kind: Deployment\nmetadata:\n  name: {word(random)}\nspec:\n  template:\n    spec:\n"
        f"      containers:\n        - name: {word(random)}\n          env:\n"
        f"            - name: {sample.variable}\n              value: \"{sample.value}\"\n"
        f"      imagePullSecrets:\n        - name: {word(random)}-registry\n")


@kind("Helm values")
def helm_values(random, sample):
    return random.choice(("chart/values.yaml", "values-prod.yaml")), (
        f"replicaCount: {random.randrange(1, 9)}\n{sample.lower}:\n  enabled: true\n"
        f"  {sample.camel}: {quoted(random, sample.value)}\nimage:\n  tag: "
        f"{drawn(random, '0123456789abcdef', 40)}\n")


@kind("Helm command")
def helm_command(random, sample):
    return "deploy.sh", (
        f"helm upgrade --install {word(random)} ./chart \\\n"
        f"  --set {sample.lower}.{sample.camel}={sample.value} \\\n  --namespace prod\n")


@kind("Terraform")
def terraform(random, sample):
    return "infra/main.tf", random.choice((
        f'provider "{sample.lower}" {{\n  {sample.parameter} = "{sample.value}"\n}}\n',
        f'resource "aws_ssm_parameter" "{word(random)}" {{\n  name  = "{sample.variable}"\n'
        f'  type  = "SecureString"\n  value = "{sample.value}"\n}}\n',
        f'variable "{sample.lower}_{sample.parameter}" {{\n  type    = string\n'
        f'  default = "{sample.value}"\n}}\n'))


@kind("Terraform variables")
def tfvars(random, sample):
    return "infra/prod.tfvars", (
        f'region = "eu-west-1"\n{sample.lower}_{sample.parameter} = "{sample.value}"\n'
        f'account_id = "{drawn(random, "0123456789", 12)}"\n')


@kind("GitHub Actions")
def github_actions(random, sample):
    return ".github/workflows/deploy.yml", (
        "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    env:\n"
        f"      {sample.variable}: {quoted(random, sample.value)}\n    steps:\n"
        f"      - uses: actions/checkout@{drawn(random, '0123456789abcdef', 40)}\n")


@kind("GitLab CI")
def gitlab_ci(random, sample):
    return ".gitlab-ci.yml", (
        f"variables:\n  {sample.variable}: {quoted(random, sample.value)}\ndeploy:\n  script:\n"
        f"    - ./deploy.sh {word(random)}\n")


@kind("Jenkinsfile")
def jenkinsfile(random, sample):
    return "Jenkinsfile", (
        f"pipeline {{\n  environment {{\n    {sample.variable} = '{sample.value}'\n  }}\n"
        "  stages { stage('Build') { steps { sh 'make' } } }\n}\n")


@kind("notebook")
def notebook(random, sample):
    line = random.choice((f'os.environ["{sample.variable}"] = "{sample.value}"',
                          f'{sample.parameter} = "{sample.value}"',
                          f'client = {sample.service}({sample.parameter}="{sample.value}")',
                          f"%env {sample.variable}={sample.value}"))
    image = base64.b64encode(random.randbytes(600)).decode()
    cells = [{"cell_type": "code", "execution_count": 1, "metadata": {}, "id": uuid4(random)[:8],
              "source": ["import os\n", line + "\n"],
              "outputs": [{"data": {"image/png": image}, "output_type": "display_data"}]}]
    return f"notebooks/{word(random)}.ipynb", json.dumps(
        {"cells": cells, "nbformat": 4, "nbformat_minor": 5}, indent=1)


@kind("MCP client")
def mcp_client(random, sample):
    server = random.choice((
        {"command": "npx", "args": ["-y", f"@acme/{sample.lower}-mcp"],
         "env": {sample.variable: sample.value}},
        {"command": "uvx", "args": [f"{sample.lower}-mcp",
                                    "--" + sample.parameter.replace("_", "-"), sample.value]},
        {"url": f"https://mcp.{sample.lower}.internal/sse",
         "headers": {"Authorization": f"Bearer {sample.value}"}}))
    return random.choice((".mcp.json", ".cursor/mcp.json", "claude_desktop_config.json")), (
        json.dumps({"mcpServers": {sample.lower: server}}, indent=2))


@kind("prompt log")
def prompt_log(random, sample):
    said = random.choice((
        f"here is my {sample.service} {sample.parameter.replace('_', ' ')}: {sample.value} please "
        "wire it up",
        f"use {sample.variable}={sample.value} for the {word(random)} service",
        f"it fails with 401, the {sample.parameter} is `{sample.value}`, what is wrong?"))
    lines = ({"role": "user", "content": said, "id": uuid4(random)},
             {"role": "assistant", "content": f"I've added it to the {word(random)} module."})
    return f"logs/{word(random)}.jsonl", "".join(json.dumps(line) + "\n" for line in lines)


@kind("assistant instructions")
def instructions(random, sample):
    return random.choice(("CLAUDE.md", "AGENTS.md", ".cursorrules", "README.md")), (
        f"# {word(random).capitalize()}\n\n- Run the tests with `make test`.\n"
        f"- The {sample.service} {sample.parameter.replace('_', ' ')} is `{sample.value}`.\n")


@kind("shell history")
def history(random, sample):
    stamp = random.randrange(1700000000, 1800000000)
    line = random.choice((
        f"export {sample.variable}={sample.value}",
        f'curl -H "Authorization: Bearer {sample.value}" https://api.{sample.lower}.internal/v1',
        f"{sample.lower} login --{sample.parameter.replace('_', '-')} {sample.value}",
        f"{sample.variable}={sample.value} ./run.sh"))
    return random.choice((".bash_history", ".zsh_history")), (
        f": {stamp}:0;git show {drawn(random, '0123456789abcdef', 40)}\n: {stamp + 5}:0;{line}\n")


@kind("curl script")
def curl(random, sample):
    header = random.choice(("X-Api-Key: ", "Authorization: Bearer ", "Authorization: Token "))
    return "scripts/call.sh", (
        f"#!/bin/sh\ncurl -sS https://api.{sample.lower}.internal/v1/{word(random)} \\\n"
        f"  -H '{header}{sample.value}' \\\n  -H 'X-Request-Id: {uuid4(random)}'\n")


@kind("properties")
def properties(random, sample):
    return "src/main/resources/application.properties", (
        f"server.port=8080\n{sample.lower}.{sample.parameter.replace('_', '-')}={sample.value}\n")


@kind("application yaml")
def application_yaml(random, sample):
    return "config/application.yml", (
        f"{sample.lower}:\n  {sample.parameter.replace('_', '-')}: {quoted(random, sample.value)}\n"
        f"  timeout: {random.randrange(1, 90)}s\n")


@kind("appsettings")
def appsettings(random, sample):
    name = sample.camel[0].upper() + sample.camel[1:]
    return "appsettings.Production.json", json.dumps(
        {"Logging": {"Level": "Warning"}, sample.service: {name: sample.value}}, indent=2)


@kind("TOML settings")
def toml(random, sample):
    return "config/settings.toml", f'[{sample.lower}]\n{sample.parameter} = "{sample.value}"\n'


@kind("INI settings")
def ini(random, sample):
    return "etc/app.ini", (
        f"[{sample.lower}]\nurl = https://x\n{sample.parameter} = {sample.value}\n")


@kind("XML settings")
def xml(random, sample):
    return "web.config", (
        '<configuration>\n  <appSettings>\n    <add key="'
        f'{sample.service}:{sample.camel}" value="{sample.value}" />\n  </appSettings>\n'
        "</configuration>\n")


@kind("Ansible variables")
def ansible(random, sample):
    return "group_vars/all.yml", f"---\n{sample.lower}_{sample.parameter}: \"{sample.value}\"\n"


@kind("SQL seed")
def sql(random, sample):
    return "db/seed.sql", (
        f"INSERT INTO settings (id, name, {sample.parameter}) VALUES\n"
        f"  ({random.randrange(1, 99)}, '{word(random)}', '{sample.value}');\n")


@kind("test log")
def log(random, sample):
    name, value = decoy(random)
    return "build.log", (
        f"2026-11-29T10:{random.randrange(10, 60)}:00Z INFO {name}={value}\n"
        f"2026-11-29T10:{random.randrange(10, 60)}:00Z DEBUG {sample.parameter}={sample.value}\n")
