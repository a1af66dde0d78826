using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Copies;
using MiniRun.Engine.Layers;
using MiniRun.Engine.Rootless;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun cp`.</summary>
internal static class CpCommand
{
    internal const string Summary = "Copy files and folders between a container and the host";

    internal static CommandDefinition Define()
    {
        Option<bool> archive = Switch("--archive", "Copy FIFOs as such; on the way in also keep owners, and copy devices", "-a");
        Option<bool> follow = Switch("--follow-link", "Copy what SRC leads to where it is a symbolic link", "-L");
        Option<bool> quiet = Switch("--quiet", "Do not say what was copied (which is said on a terminal only)", "-q");
        var paths = new Argument<string[]>("PATH") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(
            "cp",
            $"{Summary}, whether it runs or not.\n\"-\" is a tar on standard input or output. Copies belong to root inside (without -a), and to the caller on the host,\nwhere they lose set-user-ID and set-group-ID bits, and devices are not made. SRC/. is what is in the folder SRC.",
            "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-  or  [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH")
        {
            Examples = ["minirun cp web:/etc/nginx/nginx.conf .", "minirun cp site/. web:/srv/www", "minirun cp web:/var/log - | tar -t"],
        };
        command.Add(new OptionGroup("Options", [archive, follow, quiet]));
        command.Arguments.Add(paths);
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            string[] words = Required.Exactly(2, values.GetValue(paths), "cp", "arguments, the source and the destination");
            CopyArgument source = CopyArgument.Parse(words[0]);
            CopyArgument destination = CopyArgument.Parse(words[1]);
            CopyArgument inside = Inside(source, destination);
            if (UserNamespaceStage.IsWanted() && !new LookAtContainer(invocation.Store(), invocation.Runtime()).At(inside.Container!).Running)
            {
                // The layers of one that does not run belong to users inside.
                return UserNamespaceStage.RunMiniRun(Environment.GetCommandLineArgs()[1..], invocation.DataRoot(), invocation.StateRoot());
            }

            var request = new CopyRequest
            {
                Container = inside.Container!,
                Path = inside.Path,
                Archive = values.GetValue(archive),
                FollowLink = values.GetValue(follow),
            };
            long? bytes = source.Container is null ? In(invocation, request, source) : Out(invocation, request, destination);
            if (bytes is { } copied && !values.GetValue(quiet) && !Console.IsOutputRedirected)
            {
                invocation.Terminal.Error.WriteLine($"Successfully copied {HumanSize.Of(copied)} to {words[1]}");
            }

            return ExitCode.Success;
        });
    }

    private static CopyArgument Inside(CopyArgument source, CopyArgument destination) => (source.Container, destination.Container) switch
    {
        (not null, null) => source,
        (null, not null) => destination,
        (null, null) => throw new UsageException("must specify at least one container source; see 'minirun cp --help'"),
        _ => throw new UsageException("copying between containers is not supported: minirun cp A:SRC - | minirun cp - B:DST"),
    };

    private static long? In(Invocation invocation, CopyRequest request, CopyArgument source)
    {
        var copy = new CopyToContainer(invocation.Store(), invocation.Runtime(), RunReader.Read);
        if (!source.IsStream)
        {
            return copy.Copy(request, source.Path);
        }

        using Stream tar = BinaryInput.Open("-");
        return copy.Read(request, tar);
    }

    private static long? Out(Invocation invocation, CopyRequest request, CopyArgument destination)
    {
        var copy = new CopyFromContainer(invocation.Store(), invocation.Runtime(), RunReader.Read);
        if (!destination.IsStream)
        {
            long bytes = copy.Copy(request, destination.Path, out LeftOut leftOut);
            if (leftOut is { Count: > 0, First: { } first })
            {
                ErrorReport.Print(invocation.Terminal.Error, $"{leftOut.Count} {(leftOut.Count == 1 ? "device" : "devices")} left out, first {first}: with a container's modes they could open the host's own to others");
            }

            return bytes;
        }

        BinaryOutput.Write(file: null, stream => copy.Write(request, stream));
        return null;
    }
}
