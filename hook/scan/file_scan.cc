// SPDX-License-Identifier: Apache-2.0
#include "scan/file_scan.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "detect/content_scanner.h"
#include "objects/stored_format.h"
#include "templates/environment_file.h"
#include "vocabulary/descriptor.h"

namespace pushguard {
namespace {

class Worker {
 public:
  // `first`, if there is one, shares what it compiles.
  Worker(const FileList& list, const ScanSettings& settings, ScanState& state, const Worker* first)
      : list_(list),
        limit_(settings.limits.object_bytes),
        state_(state),
        scanner_(first ? first->scanner_.another()
                       : Scanner(settings.rules, settings.templates, settings.now)),
        contents_(scanner_, settings.limits),
        file_rules_({&settings.file_rules}, settings.templates, settings.now),
        names_(settings.file_names) {}

  void look_at(size_t number) {
    const Entry& entry = list_.entries[number];
    const std::string_view name = std::string_view(entry.path).substr(entry.path.rfind('/') + 1);
    keep(number, true, name);
    if (entry.kind != Entry::Kind::directory && read(entry) && !is_stored(entry)) {
      keep(number, false, content_);
      ++result.files;
      result.bytes += content_.size();
      state_.bytes += content_.size();
    }
    ++state_.entries;
  }

  FileScan result;

 private:
  // Whether git stores objects in it: its text says nothing of them.
  bool is_stored(const Entry& entry) {
    const std::string_view format = stored_format(content_);
    if (format.empty()) return false;
    result.unscanned.push_back(
        {entry.shown, UnscannedFile::Why::object_storage,
         fmt::format("{} of git, which is compressed; 'pushguard scan --repository DIRECTORY' "
                     "looks at the objects of a repository",
                     format)});
    return true;
  }

  void keep(size_t number, bool in_name, std::string_view text) {
    const Object object{{}, in_name ? ObjectType::tree : ObjectType::blob, text};
    const std::string_view path = list_.entries[number].path;
    keep(number, in_name, contents_.scan(object));
    for (const Unscanned& what : contents_.unscanned()) {
      result.unscanned.push_back(
          {list_.entries[number].shown,
           what.why == Why::archive ? UnscannedFile::Why::archive : UnscannedFile::Why::too_large,
           what.detail});
    }
    if (in_name || !names_.contains(path.substr(path.rfind('/') + 1))) return;
    Scanner* const examples = is_environment_file(path) ? &scanner_ : nullptr;
    keep(number, false, scan_named_file(object, {examples, file_rules_}));
  }

  void keep(size_t number, bool in_name, std::vector<Finding> findings) {
    for (Finding& finding : findings) {
      const std::string_view path = list_.entries[number].path;
      const bool counts = in_name ? is_about_all(*finding.rule) : counts_in_file(finding, path);
      if (!counts) continue;
      result.findings.push_back({number, in_name, std::move(finding)});
      ++state_.findings;
    }
  }

  bool read(const Entry& entry) {
    if (entry.kind == Entry::Kind::standard_input) return read_all(entry, STDIN_FILENO, 0);
    if (entry.kind == Entry::Kind::link) return read_link(entry);
    // Without blocking: it may have become a pipe since it was listed.
    const Descriptor file(open(entry.shown.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (!file || fstat(file.get(), &status) != 0) return skip(entry);
    return read_all(entry, file.get(), static_cast<uint64_t>(status.st_size));
  }

  bool read_link(const Entry& entry) {
    make_room(PATH_MAX);
    const ssize_t size = readlink(entry.shown.c_str(), buffer_.data(), buffer_.size());
    if (size < 0) return skip(entry);
    content_ = std::string_view(buffer_).substr(0, static_cast<size_t>(size));
    return true;
  }

  // `expected` bytes are what the file system says; the file may have others.
  bool read_all(const Entry& entry, int file, uint64_t expected) {
    if (expected > limit_) return skip_large(entry, expected);
    constexpr size_t kStep = 65536;
    make_room(static_cast<size_t>(expected) + 1);
    size_t size = 0;
    for (;;) {
      if (size == buffer_.size()) make_room(size + std::max(size, kStep));
      const ssize_t got = ::read(file, buffer_.data() + size, buffer_.size() - size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return skip(entry);
      if (got == 0) break;
      size += static_cast<size_t>(got);
      if (size > limit_) return skip_large(entry, size);
    }
    content_ = std::string_view(buffer_).substr(0, size);
    return true;
  }

  // The buffer is not made smaller again: to grow clears what it gains.
  void make_room(size_t size) {
    if (buffer_.size() < size) buffer_.resize(size);
  }

  bool skip(const Entry& entry) {
    result.unscanned.push_back({entry.shown, UnscannedFile::Why::unreadable, std::strerror(errno)});
    return false;
  }

  bool skip_large(const Entry& entry, uint64_t size) {
    result.unscanned.push_back(
        {entry.shown, UnscannedFile::Why::too_large,
         fmt::format("{} bytes or more, over the limit of {} for one object", size, limit_)});
    return false;
  }

  const FileList& list_;
  const uint64_t limit_;
  ScanState& state_;
  Scanner scanner_;
  ContentScanner contents_;
  Scanner file_rules_;
  const FileNameRules& names_;
  std::string buffer_;
  std::string_view content_;  // of the current file, in the buffer
};

// Starts the threads, waits for them, and hands on the first exception of any.
class Crew {
 public:
  Crew(const FileList& list, const ScanSettings& settings, ScanState& state) : list_(list) {
    const size_t most = std::max<size_t>(list.entries.size(), 1);
    const size_t count = std::clamp<size_t>(settings.threads, 1, most);
    for (size_t i = 0; i < count; ++i) {
      const Worker* first = workers_.empty() ? nullptr : workers_.front().get();
      workers_.push_back(std::make_unique<Worker>(list, settings, state, first));
    }
  }

  void run(const std::function<void()>& watch) {
    running_ = workers_.size();
    {
      std::vector<std::jthread> threads;
      for (auto& worker : workers_) threads.emplace_back([&] { work(*worker); });
      std::unique_lock lock(mutex_);
      while (!done_.wait_for(lock, std::chrono::milliseconds(100), [&] { return running_ == 0; })) {
        watch();
      }
    }
    watch();
    if (failure_) std::rethrow_exception(failure_);
  }

  FileScan result() {
    FileScan all;
    all.unscanned = list_.unscanned;
    for (auto& worker : workers_) {
      std::ranges::move(worker->result.findings, std::back_inserter(all.findings));
      std::ranges::move(worker->result.unscanned, std::back_inserter(all.unscanned));
      all.files += worker->result.files;
      all.bytes += worker->result.bytes;
    }
    std::ranges::stable_sort(all.findings, {}, &FileFinding::entry);
    std::ranges::sort(all.unscanned.begin() + static_cast<ptrdiff_t>(list_.unscanned.size()),
                      all.unscanned.end(), {}, &UnscannedFile::shown);
    return all;
  }

 private:
  void work(Worker& worker) {
    try {
      for (size_t number = next_++; number < list_.entries.size(); number = next_++) {
        worker.look_at(number);
      }
    } catch (...) {
      next_ = list_.entries.size();
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) done_.notify_one();
  }

  const FileList& list_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::atomic<size_t> next_ = 0;
  std::mutex mutex_;
  std::condition_variable done_;
  size_t running_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

FileScan scan_files(const FileList& list, const ScanSettings& settings, ScanState& state,
                    const std::function<void()>& watch) {
  Crew crew(list, settings, state);
  crew.run(watch);
  return crew.result();
}

}  // namespace pushguard
