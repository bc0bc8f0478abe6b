package main

import (
	"bufio"
	"context"
	"errors"
	"strings"

	"chouka/server/studio"
)

type userCommand struct {
	List     userList     `cmd:"" help:"列出成员 · list people"`
	Invite   userInvite   `cmd:"" help:"生成一次性邀请链接 · make a one-time invitation"`
	Password userPassword `cmd:"" help:"重设密码（从标准输入读一行）· set a password, read from standard input"`
	Disable  userDisable  `cmd:"" help:"停用并退出所有登录 · disable and end all sessions"`
	Enable   userEnable   `cmd:"" help:"重新启用 · enable again"`
}

type userList struct{}

// Run prints one person a line: login, standing, name.
func (userList) Run(ctx context.Context, c *Config, io console) error {
	return asking(ctx, c, func(a *asker) error {
		people, err := call[[]studio.Person](ctx, a, "/people", struct{}{})
		for _, p := range people {
			state := ""
			if !p.Active {
				state = "\t已停用 disabled"
			}
			io.say("%s\t%s\t%s%s", p.Login, p.House, p.Name, state)
		}
		return err
	})
}

// everybody reads all people, page by page.
func everybody(ctx context.Context, s *studio.Studio) ([]studio.Person, error) {
	var out []studio.Person
	for p := (studio.Page{Limit: 200}); ; {
		got, err := s.People(ctx, studio.Console(), p)
		if err != nil {
			return nil, err
		}
		out = append(out, got.Items...)
		if got.Next == "" {
			return out, nil
		}
		p.After = got.Next
	}
}

type userInvite struct {
	Name  string `arg:"" help:"姓名 · name"`
	House string `default:"member" enum:"admin,lead,member" help:"admin, lead, member"`
}

// Run prints the link's path; the token in it is shown only here.
func (u userInvite) Run(ctx context.Context, c *Config, io console) error {
	return asking(ctx, c, func(a *asker) error {
		inv, err := call[studio.Invitation](ctx, a, "/invite", studio.InviteIn{Name: u.Name, House: studio.House(u.House)})
		if err == nil {
			io.say("/join#%s", inv.Token)
		}
		return err
	})
}

type userPassword struct {
	Login string `arg:"" help:"账号 · login"`
}

// Run sets a password. It is never an argument: those stand in the shell's history.
func (u userPassword) Run(ctx context.Context, c *Config, io console) error {
	line, err := bufio.NewReader(io.in).ReadString('\n')
	if password := strings.TrimRight(line, "\r\n"); password != "" {
		return asking(ctx, c, func(a *asker) error {
			_, err := call[studio.Person](ctx, a, "/password", passwordIn{Login: u.Login, Password: password})
			return err
		})
	}
	return errors.Join(errors.New("请从标准输入给出一行新密码 · give the new password as one line of standard input"), err)
}

type userDisable struct {
	Login string `arg:"" help:"账号 · login"`
}

// Run disables a person.
func (u userDisable) Run(ctx context.Context, c *Config) error {
	return setActive(ctx, c, u.Login, false)
}

type userEnable struct {
	Login string `arg:"" help:"账号 · login"`
}

// Run enables a person again.
func (u userEnable) Run(ctx context.Context, c *Config) error {
	return setActive(ctx, c, u.Login, true)
}

func setActive(ctx context.Context, c *Config, login string, active bool) error {
	return asking(ctx, c, func(a *asker) error {
		_, err := call[studio.Person](ctx, a, "/active", activeIn{Login: login, Active: active})
		return err
	})
}
