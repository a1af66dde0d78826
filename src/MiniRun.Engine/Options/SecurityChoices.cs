namespace MiniRun.Engine.Options;

/// <summary>What all --security-opt together say.</summary>
public sealed record SecurityChoices
{
    public bool NoNewPrivileges { get; init; }

    /// <summary>Null is the built-in profile, "unconfined" none, else a file in docker's format.</summary>
    public string? Seccomp { get; init; }

    /// <summary>The AppArmor profile; null is none.</summary>
    public string? AppArmor { get; init; }

    /// <summary>systempaths=unconfined: nothing of /proc and /sys is masked or read-only.</summary>
    public bool SystemPathsUnconfined { get; init; }

    /// <summary>The same as values of --security-opt.</summary>
    public IReadOnlyList<string> Words()
    {
        List<string> words = [];
        if (NoNewPrivileges)
        {
            words.Add("no-new-privileges");
        }

        if (Seccomp is not null)
        {
            words.Add($"seccomp={Seccomp}");
        }

        if (AppArmor is not null)
        {
            words.Add($"apparmor={AppArmor}");
        }

        if (SystemPathsUnconfined)
        {
            words.Add("systempaths=unconfined");
        }

        return words;
    }

    /// <summary>Adds one --security-opt, written with "=", ":" or alone.</summary>
    /// <exception cref="OptionException">It is unknown, or of a security module this version does not set up.</exception>
    public SecurityChoices With(string text, string option)
    {
        int separator = text.AsSpan().IndexOfAny('=', ':');
        string key = separator < 0 ? text : text[..separator];
        string value = separator < 0 ? "" : text[(separator + 1)..];
        return (key, value) switch
        {
            ("no-new-privileges", "" or "true") => this with { NoNewPrivileges = true },
            ("no-new-privileges", "false") => this with { NoNewPrivileges = false },
            ("seccomp", "builtin") => this with { Seccomp = null },
            ("seccomp", not "") => this with { Seccomp = value },
            ("systempaths", "unconfined") => this with { SystemPathsUnconfined = true },
            ("apparmor", "unconfined") => this with { AppArmor = null },
            ("apparmor", not "") => this with { AppArmor = value },
            ("label", "disable") => this, // no label is set unless it is asked for
            ("label", _) => throw new OptionException(option, text, "SELinux labels are not chosen by this version; only label=disable is known"),
            _ => throw new OptionException(option, text, "there are no-new-privileges, seccomp=unconfined, seccomp=FILE, apparmor=PROFILE and systempaths=unconfined"),
        };
    }
}
