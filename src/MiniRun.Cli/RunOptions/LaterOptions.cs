using System.CommandLine;
using MiniRun.Cli.CommandLine;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>Options people of docker will try that this version does not have: each is refused in a sentence instead of as unknown.</summary>
internal sealed class LaterOptions
{
    private readonly Option<string[]> _publish = Values("--publish", "PORT", "", "-p");
    private readonly Option<bool> _publishAll = Switch("--publish-all", "", "-P");

    internal LaterOptions()
    {
        Group = new OptionGroup("Later", [_publish, _publishAll]);
        foreach (Option option in Group.Options)
        {
            option.Hidden = true;
        }
    }

    internal OptionGroup Group { get; }

    internal void Refuse(ParseResult values)
    {
        if (values.GetValue(_publish) is { Length: > 0 } || values.GetValue(_publishAll))
        {
            throw new UsageException("--publish: a container's network is loopback alone in this version, so there is nothing to publish; use --network host");
        }
    }
}
