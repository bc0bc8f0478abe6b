package main

import (
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints the version, the commit it was built from and the Go release.
func (versionCommand) Run(io console) error {
	io.say("chouka %s (%s %s/%s)", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// version is the module's version, or the commit that it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	out := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (out == "" || out == "(devel)") {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	if out == "" {
		out = "(devel)"
	}
	return out
}
