using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>config.json's process: what is executed, with which environment, ids and privileges.</summary>
internal static class ProcessPart
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private const uint DefaultUmask = 18; // 0022

    internal static ProcessSpec Build(BundleInputs inputs, string hostname, OptionOrigins origins)
    {
        ProcessChoices choices = inputs.Request.Process;
        PrivilegeChoices privilege = inputs.Request.Privilege;
        NoteOrigins(choices, privilege, origins);
        return new ProcessSpec
        {
            Terminal = choices.Terminal,
            User = inputs.User with { Umask = choices.Umask ?? DefaultUmask },
            Args = Arguments(inputs.Request, inputs.Image),
            Env = Environment(inputs, hostname),
            Cwd = WorkingDirectory(choices.WorkingDirectory ?? inputs.Image.WorkingDir),
            Capabilities = inputs.Capabilities.ToSpec(inputs.User.Uid),
            Rlimits = Limits(choices.Ulimits, inputs.Caller.Descriptors),
            ApparmorProfile = privilege.Security.AppArmor,
            NoNewPrivileges = privilege.Security.NoNewPrivileges,
            OomScoreAdj = choices.OomScoreAdjust,
        };
    }

    private static void NoteOrigins(ProcessChoices choices, PrivilegeChoices privilege, OptionOrigins origins)
    {
        Note(choices.Terminal, "process.terminal", "-t");
        Note(choices.User is not null, "process.user", $"--user {choices.User}");
        Note(choices.AdditionalGroups.Count > 0, "process.user.additionalGids", $"--group-add {string.Join(' ', choices.AdditionalGroups)}");
        Note(choices.Umask is not null, "process.user.umask", $"--umask {Convert.ToString(choices.Umask ?? 0, 8)}");
        Note(choices.WorkingDirectory is not null, "process.cwd", $"--workdir {choices.WorkingDirectory}");
        Note(choices.Entrypoint is not null, "process.args", $"--entrypoint {choices.Entrypoint}");
        Note(choices.Environment.Count > 0, "process.env", "--env");
        Note(choices.OomScoreAdjust is not null, "process.oomScoreAdj", $"--oom-score-adj {choices.OomScoreAdjust}");
        Note(privilege.Security.AppArmor is not null, "process.apparmorProfile", "--security-opt apparmor");
        Note(privilege.Security.NoNewPrivileges, "process.noNewPrivileges", "--security-opt no-new-privileges");
        Note(privilege.Privileged, "process.capabilities", "--privileged");
        foreach (CapabilityChange change in privilege.Add)
        {
            origins.Add("process.capabilities", $"--cap-add {change}");
        }

        foreach (CapabilityChange change in privilege.Drop)
        {
            origins.Add("process.capabilities", $"--cap-drop {change}");
        }

        for (int i = 0; i < choices.Ulimits.Count; i++)
        {
            RlimitSpec limit = choices.Ulimits[i];
            origins.Add("process.rlimits", i, $"--ulimit {limit.Type["RLIMIT_".Length..].ToLowerInvariant()}={limit.Soft}:{limit.Hard}");
        }

        void Note(bool asked, string path, string option)
        {
            if (asked)
            {
                origins.Add(path, option);
            }
        }
    }

    private static List<string> Arguments(RunRequest request, ImageConfig image)
    {
        List<string> arguments = [.. MergedConfig.Entrypoint(request, image), .. MergedConfig.Command(request, image)];
        return arguments.Count > 0
            ? arguments
            : throw new MiniRunException($"no command specified: {request.Image} has none of its own; write one after the image's name");
    }

    private static List<string> Environment(BundleInputs inputs, string hostname)
    {
        ProcessChoices choices = inputs.Request.Process;
        var variables = new EnvironmentList();
        variables.Set(DefaultPath);
        variables.Set($"HOSTNAME={hostname}");
        if (choices.Terminal)
        {
            variables.Set("TERM=xterm");
        }

        foreach (string variable in inputs.Image.Env)
        {
            variables.Set(variable);
        }

        foreach (EnvironmentVariable variable in choices.Environment)
        {
            variables.Apply(variable);
        }

        variables.SetMissing("HOME", inputs.Home);
        return variables.ToList();
    }

    /// <summary>As docker's, a program has the limits of whoever starts it where none were asked for.</summary>
    private static IReadOnlyList<RlimitSpec> Limits(IReadOnlyList<RlimitSpec> asked, RlimitSpec? callers)
    {
        foreach (RlimitSpec limit in asked)
        {
            if (limit.Type == callers?.Type)
            {
                return asked;
            }
        }

        return callers is null ? asked : [.. asked, callers];
    }

    private static string WorkingDirectory(string folder)
    {
        if (folder.Length == 0)
        {
            return "/";
        }

        return folder.StartsWith('/')
            ? folder
            : throw new MiniRunException($"the working directory '{folder}' is invalid, it needs to be an absolute path");
    }
}
