using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Monitoring;
using MiniRun.Engine.Options;
using MiniRun.Linux.Files;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>The options of `run` that are for this command alone, and not part of the container.</summary>
internal sealed class CallerOptions
{
    private readonly Option<string?> _detachKeys = DetachKeysOption();
    private readonly Option<bool> _signalProxy = SignalProxyOption();
    private readonly Option<string?> _cidFile = Value("--cidfile", "FILE", "Write the container's id to this file, which must not exist");
    private readonly Option<string?> _pidFile = Value("--pidfile", "FILE", "Write the program's pid on the host to this file");

    internal CallerOptions()
    {
        Group = new OptionGroup("This command", [_detachKeys, _signalProxy, _cidFile, _pidFile]);
    }

    internal OptionGroup Group { get; }

    internal static Option<string?> DetachKeysOption() => Value("--detach-keys", "KEYS", "The keys that leave the terminal and not the program (default: ctrl-p,ctrl-q)");

    internal static Option<bool> SignalProxyOption()
    {
        Option<bool> option = Switch("--sig-proxy", "Pass signals on to the program; there is --sig-proxy=false (default: true)");
        option.DefaultValueFactory = static _ => true;
        return option;
    }

    internal static byte[] Keys(ParseResult values, Option<string?> option) => values.GetValue(option) is { } keys ? DetachKeys.Parse(keys, option.Name) : DetachKeys.Default;

    /// <summary>How the caller attaches to what it runs.</summary>
    internal AttachOptions Attach(ParseResult values, RunRequest request) => new()
    {
        Streams = Streams(request),
        Terminal = request.Process.Terminal,
        DetachKeys = Keys(values, _detachKeys),
        SignalProxy = values.GetValue(_signalProxy),
    };

    /// <exception cref="UsageException">--cidfile is there already.</exception>
    internal void CheckFiles(ParseResult values)
    {
        if (values.GetValue(_cidFile) is { } file && FileStatus.Of(file) is not null)
        {
            throw new UsageException($"container ID file found, make sure the other container isn't running or delete {file}");
        }
    }

    internal void WriteId(ParseResult values, string id) => WriteFile(values.GetValue(_cidFile), id);

    internal void WritePid(ParseResult values, int pid) => WriteFile(values.GetValue(_pidFile), $"{pid}");

    private static void WriteFile(string? file, string text)
    {
        if (file is not null)
        {
            FileReplacement.Write(Path.GetFullPath(file), System.Text.Encoding.ASCII.GetBytes(text), 0x1a4);
        }
    }

    private static AttachedStreams Streams(RunRequest request)
    {
        IReadOnlyList<string> asked = request.Life.Attach;
        bool all = asked.Count == 0;
        AttachedStreams streams = AttachedStreams.None;
        streams |= request.Process.Interactive && (all || asked.Contains("stdin")) ? AttachedStreams.Input : 0;
        streams |= all || asked.Contains("stdout") ? AttachedStreams.Output : 0;
        streams |= all || asked.Contains("stderr") ? AttachedStreams.ErrorOutput : 0;
        return streams;
    }
}
