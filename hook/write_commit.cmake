# SPDX-License-Identifier: Apache-2.0
# Writes OUTPUT, which defines commit() and commit_date(): the commit of the tree SOURCE. A tree of
# `git archive` has it in hook/commit.txt (.gitattributes); a checkout asks git.
# usage: cmake -D SOURCE=DIRECTORY -D OUTPUT=FILE -P write_commit.cmake
file(STRINGS ${SOURCE}/hook/commit.txt archived LIMIT_COUNT 1)
set(commit unknown)
set(date "")
if(archived MATCHES "^([0-9a-f]+) ([0-9-]+)$")
  set(commit ${CMAKE_MATCH_1})
  set(date ${CMAKE_MATCH_2})
else()
  set(git ${CMAKE_COMMAND} -E env --unset=GIT_DIR --unset=GIT_WORK_TREE --unset=GIT_INDEX_FILE
    git -C ${SOURCE})
  # Not the commit of another repository that this tree was unpacked in.
  execute_process(COMMAND ${git} rev-parse --show-cdup
    OUTPUT_VARIABLE above RESULT_VARIABLE failed ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(failed EQUAL 0 AND above STREQUAL "")
    execute_process(COMMAND ${git} describe --always --dirty --abbrev=64 --exclude=*
      OUTPUT_VARIABLE described RESULT_VARIABLE failed ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(failed EQUAL 0)
      set(commit ${described})
      execute_process(COMMAND ${git} log -1 --format=%cs
        OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE)
    endif()
  endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "vocabulary/version.h"

namespace pushguard {

std::string_view commit() { return "@commit@"; }
std::string_view commit_date() { return "@date@"; }

}  // namespace pushguard
]])
