package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

type doctorCommand struct{}

// diskFloor is the free space below which uploads and backups begin to fail, in bytes.
const diskFloor = 2 << 30

// finding is one line of the doctor.
type finding struct {
	mark, what, say string
}

const (
	fine = "好  ok  "
	warn = "注意 warn"
	fail = "错误 fail"
)

// Run looks at the machine and the data folder and says what to do. It changes nothing.
func (doctorCommand) Run(ctx context.Context, c *Config, io console) error {
	bad := false
	for _, look := range []func(context.Context, Config) finding{lookClock, lookZone, lookFolder, lookDisk, lookStore, lookFFmpeg} {
		f := look(ctx, *c)
		bad = bad || f.mark == fail
		io.say("%s  %-10s %s", f.mark, f.what, f.say)
	}
	if bad {
		return errReported
	}
	return nil
}

func lookClock(context.Context, Config) finding {
	now := time.Now()
	if now.Year() < 2026 {
		return finding{fail, "clock", "时钟不对：" + now.Format(time.DateTime) + "，请校准 · the clock is off; set it"}
	}
	return finding{fine, "clock", now.Format(time.RFC3339)}
}

func lookZone(context.Context, Config) finding {
	if _, err := time.LoadLocation("Asia/Shanghai"); err != nil {
		return finding{fail, "zone", err.Error()}
	}
	return finding{fine, "zone", "Asia/Shanghai"}
}

func lookFolder(_ context.Context, c Config) finding {
	stat, err := os.Stat(c.Data)
	if os.IsNotExist(err) {
		return finding{fine, "folder", c.Data + " 还没有，首次启动时建立 · not there yet; the first start makes it"}
	}
	if err != nil {
		return finding{fail, "folder", err.Error()}
	}
	if stat.Mode().Perm()&0o077 != 0 {
		return finding{warn, "folder", fmt.Sprintf("%s 的权限是 %o，建议 chmod 700 · others can read it; chmod 700 is advised", c.Data, stat.Mode().Perm())}
	}
	probe := filepath.Join(c.Data, ".doctor")
	if err := os.WriteFile(probe, nil, 0o600); err != nil {
		return finding{fail, "folder", "不能写入 · cannot write: " + err.Error()}
	}
	_ = os.Remove(probe) // it was empty; at worst it is overwritten next time
	return finding{fine, "folder", c.Data}
}

func lookDisk(_ context.Context, c Config) finding {
	dir := c.Data
	if _, err := os.Stat(dir); err != nil {
		dir = "."
	}
	free, err := freeBytes(dir)
	if err != nil {
		return finding{warn, "disk", err.Error()}
	}
	say := fmt.Sprintf("剩余 %.1f GB · free", float64(free)/1e9)
	if free < diskFloor {
		return finding{fail, "disk", say + "，请清理 · too little; make room"}
	}
	return finding{fine, "disk", say}
}

func lookStore(ctx context.Context, c Config) finding {
	fresh, err := c.fresh()
	if err != nil {
		return finding{fail, "store", err.Error()}
	}
	if fresh {
		return finding{fine, "store", "还没有数据 · no data yet"}
	}
	if conn, err := (&net.Dialer{}).DialContext(ctx, "unix", socketPath(c)); err == nil {
		_ = conn.Close() // only asked whether anybody answers
		return finding{fine, "store", "程序正在运行；完整核对用 verify · in use by a running program; verify checks all of it"}
	}
	return finding{fine, "store", c.storeFile()}
}

func lookFFmpeg(context.Context, Config) finding {
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		return finding{warn, "ffmpeg", "没有找到：视频照常上传和播放，封面由浏览器生成 · not found: clips upload and play, the browser makes their posters"}
	}
	return finding{fine, "ffmpeg", path}
}
