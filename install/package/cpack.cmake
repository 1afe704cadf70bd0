# SPDX-License-Identifier: Apache-2.0
# Called by cpack with the installation staged: makes the packages of it.
execute_process(
  COMMAND ${CPACK_PUSHGUARD_SOURCE}/install/package/pack.sh
    --stage ${CPACK_TEMPORARY_DIRECTORY} --output ${CPACK_TOPLEVEL_DIRECTORY}/made
    --version ${CPACK_PACKAGE_VERSION} --compiler ${CPACK_PUSHGUARD_COMPILER}
    --libgit2 ${CPACK_PUSHGUARD_LIBGIT2} "--sysroot=${CPACK_PUSHGUARD_SYSROOT}"
  RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "the packages could not be made")
endif()
file(GLOB CPACK_EXTERNAL_BUILT_PACKAGES ${CPACK_TOPLEVEL_DIRECTORY}/made/*)
