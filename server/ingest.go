package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"chouka/server/ingest"
)

// carrier are the flags that say where files go and how; both commands have them.
type carrier struct {
	Server    string        `default:"http://localhost:8080" env:"CHOUKA_SERVER" placeholder:"URL" help:"Chouka 的地址 · the desk's address"`
	Token     string        `env:"CHOUKA_TOKEN" help:"个人令牌；放在变量或文件里更安全 · personal token; safer in the variable or a file"`
	TokenFile string        `type:"path" placeholder:"FILE" help:"写有令牌的文件 · file that holds the token"`
	Title     string        `placeholder:"NAME" help:"剧名或编号 · the title's name or id"`
	Shot      string        `placeholder:"LABEL" help:"镜头，如 E03-S02-014；没有规则适用时用它 · the shot where no rule fits"`
	Rule      []string      `sep:"none" placeholder:"PATTERN" help:"从路径找镜头，如 **/{title}/E{ep}/S{scene}/{shot}/**，可多次，按顺序 · find the shot in the path; several in order, also in a folder's .chouka-rules"`
	State     string        `type:"path" env:"CHOUKA_STATE" placeholder:"DIR" help:"记录已送达文件的目录 · folder that remembers what has arrived"`
	Jobs      int           `default:"3" help:"同时上传的组数 · groups sent at the same time"`
	Lines     bool          `name:"json" help:"每件事一行 JSON · one line of JSON for everything that happens"`
	Patience  time.Duration `hidden:"" default:"5m"`
}

type ingestCommand struct {
	carrier
	Paths  []string `arg:"" name:"path" type:"path" help:"文件、文件夹、zip · files, folders, zip archives"`
	DryRun bool     `help:"只说会送到哪里，不联系服务器 · only say what would go where"`
}

type watchCommand struct {
	carrier
	Paths []string      `arg:"" name:"dir" type:"path" help:"文件夹 · folders"`
	Sweep time.Duration `default:"60s" help:"全部扫描的间隔；网络盘靠它 · time between two sweeps, which network shares depend on"`
}

// Validate refuses settings that cannot work.
func (c carrier) Validate() error {
	if c.Jobs < 1 || c.Jobs > 32 {
		return errors.New("--jobs: 1 to 32")
	}
	return nil
}

// Validate refuses a sweep that would never let the disk rest.
func (c watchCommand) Validate() error {
	if c.Sweep < time.Second {
		return errors.New("--sweep: 1s or more")
	}
	return c.carrier.Validate()
}

func (c carrier) options(paths []string, tell func(ingest.Event)) (ingest.Options, error) {
	token := c.Token
	if c.TokenFile != "" {
		b, err := os.ReadFile(c.TokenFile)
		if err != nil {
			return ingest.Options{}, fmt.Errorf("reading the token: %w", err)
		}
		token = strings.TrimSpace(string(b))
	}
	return ingest.Options{Paths: paths, Server: c.Server, Token: token, Title: c.Title, Shot: c.Shot, Rules: c.Rule, State: c.State,
		Jobs: c.Jobs, Patience: c.Patience, Language: spoken(os.Getenv), Tell: tell}, nil
}

// spoken is the language of the terminal: Chinese unless it says English.
func spoken(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			if strings.HasPrefix(v, "en") {
				return "en"
			}
			return "zh"
		}
	}
	return "zh"
}

// Run brings files once. Its status is 1 when any of them did not arrive.
func (c ingestCommand) Run(ctx context.Context, io console) error {
	out := newTeller(io, c.Lines)
	o, err := c.options(c.Paths, out.tell)
	if err != nil {
		return err
	}
	do := ingest.Run
	if c.DryRun {
		do = ingest.Plan
	}
	sum, err := do(ctx, o)
	out.end(sum, c.DryRun)
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return errors.New("中断了，再运行一次会接着来 · interrupted; run it again to go on")
	case sum.Left() > 0 && !c.DryRun:
		return errReported
	}
	return nil
}

// Run brings files until it is stopped, which is no error.
func (c watchCommand) Run(ctx context.Context, io console) error {
	out := newTeller(io, c.Lines)
	o, err := c.options(c.Paths, out.tell)
	if err != nil {
		return err
	}
	o.Sweep = c.Sweep
	if !c.Lines {
		io.say("正在看 · watching  %s", strings.Join(c.Paths, "  "))
	}
	sum, err := ingest.Watch(ctx, o)
	out.end(sum, false)
	return err
}
