using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>The options of `run` about the program's privileges.</summary>
internal sealed class PrivilegeOptions
{
    private readonly Option<string[]> _add = Values("--cap-add", "CAPABILITY", "Give a capability, by name with or without CAP_, or ALL");
    private readonly Option<string[]> _drop = Values("--cap-drop", "CAPABILITY", "Take one of docker's fourteen default capabilities away, or ALL");
    private readonly Option<bool> _privileged = Switch("--privileged", "Every capability there is, all devices, no seccomp, nothing masked: root inside is then root on the host");
    private readonly Option<string[]> _security = Values("--security-opt", "OPTION", "no-new-privileges, seccomp=FILE (read when the container is made), seccomp=unconfined or systempaths=unconfined");

    internal PrivilegeOptions()
    {
        Group = new OptionGroup("Privileges", [_add, _drop, _privileged, _security]);
    }

    internal OptionGroup Group { get; }

    internal PrivilegeChoices Read(ParseResult values)
    {
        var security = new SecurityChoices();
        foreach (string text in values.GetValue(_security) ?? [])
        {
            security = security.With(text, _security.Name);
        }

        if (security.Seccomp is { } profile && profile != "unconfined")
        {
            // The container may be started again from elsewhere.
            security = security with { Seccomp = Path.GetFullPath(profile) };
        }

        return new PrivilegeChoices
        {
            Add = values.Each(_add, CapabilityChange.Parse),
            Drop = values.Each(_drop, CapabilityChange.Parse),
            Privileged = values.GetValue(_privileged),
            Security = security,
        };
    }
}
