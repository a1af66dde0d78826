using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Tests.Bundles;

public sealed class ProcessBundleTests
{
    private static readonly ImageConfig s_image = new()
    {
        Env = ["PATH=/image", "LANG=C"],
        Entrypoint = ["/entry", "--flag"],
        Cmd = ["default", "words"],
        WorkingDir = "/srv",
    };

    private static RunRequest With(ProcessChoices choices, params string[] command) => Given.Request with { Process = choices, Command = command };

    [Fact]
    public void Without_words_the_images_entrypoint_and_command_run() =>
        Assert.Equal(["/entry", "--flag", "default", "words"], Given.Spec(With(new()), image: s_image).Process!.Args);

    [Fact]
    public void Words_replace_the_images_command_but_not_its_entrypoint() =>
        Assert.Equal(["/entry", "--flag", "mine"], Given.Spec(With(new(), "mine"), image: s_image).Process!.Args);

    [Fact]
    public void Another_entrypoint_does_not_get_the_images_command() =>
        Assert.Equal(["/bin/sh"], Given.Spec(With(new() { Entrypoint = "/bin/sh" }), image: s_image).Process!.Args);

    [Fact]
    public void An_empty_entrypoint_takes_the_images_away() =>
        Assert.Equal(["mine"], Given.Spec(With(new() { Entrypoint = "" }, "mine"), image: s_image).Process!.Args);

    [Fact]
    public void Nothing_to_run_is_an_error_that_says_so() =>
        Assert.Contains("no command specified", Assert.Throws<MiniRunException>(() => Given.Spec(With(new()))).Message);

    [Fact]
    public void The_environment_has_path_hostname_and_home() =>
        Assert.Equal(
            ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=0123456789ab", "HOME=/root"],
            Given.Spec(Given.Request).Process!.Env);

    [Fact]
    public void A_program_has_its_callers_limit_of_descriptors_unless_another_is_asked_for()
    {
        RlimitSpec callers = new("RLIMIT_NOFILE", 200, 3000);
        RlimitSpec asked = new("RLIMIT_NOFILE", 50, 60);
        RlimitSpec other = new("RLIMIT_CORE", 0, 0);
        Assert.Empty(Given.Spec(With(new(), "sh")).Process!.Rlimits);
        Assert.Equal([other, callers], Given.Spec(With(new() { Ulimits = [other] }, "sh"), Given.Root with { Descriptors = callers }).Process!.Rlimits);
        Assert.Equal([asked], Given.Spec(With(new() { Ulimits = [asked] }, "sh"), Given.Root with { Descriptors = callers }).Process!.Rlimits);
    }

    [Fact]
    public void A_terminal_brings_term() => Assert.Contains("TERM=xterm", Given.Spec(With(new() { Terminal = true }, "sh")).Process!.Env);

    [Fact]
    public void The_images_environment_overrides_the_defaults_and_the_users_overrides_both()
    {
        EnvironmentVariable[] mine = [new("LANG", "de"), new("HOME", "/h"), new("HOSTNAME", null), new("NEW", "a"), new("NEW", "b")];
        Assert.Equal(["PATH=/image", "LANG=de", "HOME=/h", "NEW=b"], Given.Spec(With(new() { Environment = mine }), image: s_image).Process!.Env);
    }

    [Fact]
    public void The_program_starts_in_the_folder_of_the_option_else_of_the_image_else_in_the_root()
    {
        Assert.Equal("/w", Given.Spec(With(new() { WorkingDirectory = "/w" }), image: s_image).Process!.Cwd);
        Assert.Equal("/srv", Given.Spec(With(new()), image: s_image).Process!.Cwd);
        Assert.Equal("/", Given.Spec(Given.Request).Process!.Cwd);
    }

    [Fact]
    public void A_relative_working_directory_is_refused() =>
        Assert.Contains("absolute path", Assert.Throws<MiniRunException>(() => Given.Spec(With(new() { WorkingDirectory = "w" }, "true"))).Message);

    [Fact]
    public void The_file_mode_mask_is_022_whatever_the_callers_is()
    {
        Assert.Equal(18u, Given.Spec(Given.Request).Process!.User.Umask);
        Assert.Equal(63u, Given.Spec(With(new() { Umask = 63 }, "true")).Process!.User.Umask);
    }

    [Fact]
    public void Root_has_dockers_fourteen_capabilities_in_three_sets()
    {
        CapabilitiesSpec sets = Given.Spec(Given.Request).Process!.Capabilities!;
        string[] fourteen =
        [
            "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP",
            "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SYS_CHROOT", "CAP_MKNOD", "CAP_AUDIT_WRITE", "CAP_SETFCAP",
        ];
        Assert.Equal(fourteen, sets.Bounding);
        Assert.Equal(fourteen, sets.Effective);
        Assert.Equal(fourteen, sets.Permitted);
        Assert.Empty(sets.Inheritable);
        Assert.Empty(sets.Ambient);
    }

    [Fact]
    public void Another_user_has_them_in_the_bounding_set_alone()
    {
        CapabilitiesSpec sets = Given.Spec(Given.Request, user: new UserSpec { Uid = 1000 }).Process!.Capabilities!;
        Assert.Equal(14, sets.Bounding.Count);
        Assert.Empty(sets.Effective);
        Assert.Empty(sets.Permitted);
    }

    [Fact]
    public void No_new_privileges_and_the_oom_score_are_passed_on()
    {
        RunRequest request = Given.Request with
        {
            Process = new() { OomScoreAdjust = 500, Ulimits = [new RlimitSpec("RLIMIT_NOFILE", 1, 2)] },
            Privilege = new() { Security = new() { NoNewPrivileges = true } },
        };
        ProcessSpec process = Given.Spec(request).Process!;
        Assert.True(process.NoNewPrivileges);
        Assert.Equal(500, process.OomScoreAdj);
        Assert.Equal([new RlimitSpec("RLIMIT_NOFILE", 1, 2)], process.Rlimits);
        Assert.Null(Given.Spec(Given.Request).Process!.OomScoreAdj);
    }
}
