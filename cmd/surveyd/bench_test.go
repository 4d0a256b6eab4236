package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// What the program may cost a small school's machine.
const (
	budgetBinary = 40 << 20               // bytes, stripped
	budgetReady  = 300 * time.Millisecond // from start to the first 200 of /readyz
	budgetIdle   = 60 << 10               // KiB resident
)

// BenchmarkServe builds the stripped binary as make build does and starts it on empty data, again and again. It prints the
// median time until the server is ready, its resident memory two seconds later, and the binary's size.
func BenchmarkServe(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "surveyd")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	var ready []time.Duration
	var idle []int
	for b.Loop() {
		took, kib := serveOnce(b, binary)
		ready, idle = append(ready, took), append(idle, kib)
	}
	slices.Sort(ready)
	slices.Sort(idle)
	took, kib := ready[len(ready)/2], idle[len(idle)/2]
	b.ReportMetric(float64(took.Milliseconds()), "ready-ms")
	b.ReportMetric(float64(kib)/1024, "idle-MiB")
	b.ReportMetric(float64(info.Size())/(1<<20), "binary-MiB")
	b.ReportMetric(0, "ns/op")
	if info.Size() > budgetBinary || took > budgetReady || kib > budgetIdle {
		b.Errorf("over budget: binary %d bytes, ready in %s, idle at %d KiB", info.Size(), took, kib)
	}
}

// serveOnce starts a server and gives the time until it was ready and what it holds in memory when idle, in KiB.
func serveOnce(b *testing.B, binary string) (ready time.Duration, kib int) {
	b.Helper()
	server := exec.Command(binary, "serve", "--listen", "127.0.0.1:0", "--data", b.TempDir())
	logs, err := server.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	}()
	address := "http://" + servedAddress(b, logs)
	for {
		response, err := http.Get(address + "/readyz")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Since(start) > 10*time.Second {
			b.Fatalf("not ready: %v", err)
		}
		time.Sleep(time.Millisecond)
	}
	ready = time.Since(start)
	time.Sleep(2 * time.Second)
	return ready, residentKiB(b, server.Process.Pid)
}

// residentKiB reads a process's resident memory from Linux.
func residentKiB(b *testing.B, pid int) int {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatalf("resident memory is read from Linux's /proc: %v", err)
	}
	for line := range bytes.Lines(status) {
		var kib int
		if n, _ := fmt.Sscanf(strings.TrimSpace(string(line)), "VmRSS: %d kB", &kib); n == 1 {
			return kib
		}
	}
	b.Fatal("no VmRSS in /proc")
	return 0
}
