using System.Runtime.InteropServices;
using System.Text;
using MiniRun.Cli.BuildOptions;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Build;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux.Files;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun build`.</summary>
internal static class BuildCommand
{
    internal const string Summary = "Build an image from a Dockerfile";

    private const uint Readable = 0x1a4; // 0644

    internal static CommandDefinition Define()
    {
        var options = new BuildOptionSet();
        var command = new DockerCommand("build", $"{Summary} and a context: a folder, a tar file, or - for standard input.", "[OPTIONS] PATH | -")
        {
            Examples =
            [
                "# the folder's Dockerfile, as an image called mine",
                "minirun build -t mine .",
                "# one stage of another file, with a value for its ARG",
                "minirun build -f docker/Dockerfile --target test --build-arg VERSION=2 .",
            ],
        };
        options.AddTo(command);
        return new CommandDefinition(command, invocation => Build(options, invocation)) { WritesImages = true };
    }

    private static int Build(BuildOptionSet options, Invocation invocation)
    {
        BuildRequest request = options.Read(invocation.Values, Environment.GetEnvironmentVariable);
        using var interruption = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = Interrupted(PosixSignal.SIGINT, interruption);
        using PosixSignalRegistration terminate = Interrupted(PosixSignal.SIGTERM, interruption);
        try
        {
            var services = new BuildServices(invocation.Store(), invocation.Runtime(), ImageTransfers.Supply(invocation));
            BuildObserver observer = options.Quiet(invocation.Values) ? new BuildObserver() : new BuildOutput(invocation.Terminal.Error, !Console.IsErrorRedirected && Colors.AreWanted(Environment.GetEnvironmentVariable)).Observer();
            Digest id = new BuildImage(services).Build(request, observer, interruption.Token);
            Report(options, invocation, request, id);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            ErrorReport.Print(invocation.Terminal.Error, "the build was interrupted; nothing is left but the layers of the steps before");
            return ExitCode.Interrupted;
        }
    }

    private static void Report(BuildOptionSet options, Invocation invocation, BuildRequest request, Digest id)
    {
        if (options.IdFile(invocation.Values) is { } file)
        {
            FileReplacement.Write(file, Encoding.ASCII.GetBytes(id.ToString()), Readable);
        }

        if (options.Quiet(invocation.Values))
        {
            invocation.Terminal.Out.Write($"{id}\n");
            return;
        }

        invocation.Terminal.Error.Write($"Successfully built {id.Short}\n");
        foreach (ImageReference name in request.Names)
        {
            invocation.Terminal.Error.Write($"Successfully tagged {name.Familiar}\n");
        }

        invocation.Terminal.Error.Flush();
    }

    private static PosixSignalRegistration Interrupted(PosixSignal signal, CancellationTokenSource interruption) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            interruption.Cancel();
        });
}
