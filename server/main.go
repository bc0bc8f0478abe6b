// Command chouka is the desk of a micro-drama studio: one program, one data
// folder, the browser's interface inside.
//
// This package only ties the parts together: config.go says what can be set,
// serve.go starts and stops everything, the other files are one per command.
// What a studio does is in package studio, how a browser asks in package api.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones work on machines that have none installed

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], console{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
}

// console is where a command reads and writes.
type console struct {
	in       io.Reader
	out, err io.Writer
}

func (c console) say(format string, args ...any) { fmt.Fprintf(c.out, format+"\n", args...) }

// run is the whole program: it parses, runs one command and gives the exit status.
func run(ctx context.Context, args []string, io console) int {
	var cli commands
	exited := false
	p, err := kong.New(&cli, kong.Name("chouka"), kong.Description("抽卡 Chouka：微短剧剧组的工作台 · the desk of a micro-drama studio"),
		kong.Writers(io.out, io.err), kong.Exit(func(int) { exited = true }), kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(io))
	if err != nil {
		fmt.Fprintln(io.err, "chouka:", err)
		return 2
	}
	k, err := p.Parse(args)
	if exited {
		return 0
	}
	if err != nil {
		fmt.Fprintln(io.err, "chouka:", err)
		return 2
	}
	if err := k.Run(&cli.Config); err != nil {
		if !errors.Is(err, errReported) {
			fmt.Fprintln(io.err, "chouka:", err)
		}
		return 1
	}
	return 0
}

// errReported ends a command that has already said what is wrong.
var errReported = errors.New("reported")

// commands is the command line.
type commands struct {
	Config

	Serve   serveCommand   `cmd:"" default:"withargs" help:"启动服务 · start the desk (default)"`
	Ingest  ingestCommand  `cmd:"" help:"把文件送进来一次 · bring files in, once"`
	Watch   watchCommand   `cmd:"" help:"看着文件夹，有新文件就送 · watch folders and bring what appears"`
	User    userCommand    `cmd:"" help:"成员：列出、邀请、重设密码、停用 · people: list, invite, password, disable"`
	Token   tokenCommand   `cmd:"" help:"令牌：新建、列出、撤销 · tokens for scripts: create, list, revoke"`
	Backup  backupCommand  `cmd:"" help:"备份到一个文件夹，可在运行时进行 · back up into a folder, also while running"`
	Restore restoreCommand `cmd:"" help:"把备份恢复到空的数据目录 · restore a backup into an empty data folder"`
	Verify  verifyCommand  `cmd:"" help:"核对每条记录、索引和文件 · check every record, index and file"`
	Doctor  doctorCommand  `cmd:"" help:"检查这台机器能不能跑好 · check the machine"`
	Version versionCommand `cmd:"" help:"版本 · the version"`
}
