using System.Text;
using MiniRun.Engine.Logs;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Tests.Logs;

/// <summary>A folder with a log in it, which goes with the test.</summary>
internal sealed class LogFolder : IDisposable
{
    internal const string Name = "c-json.log";

    internal static readonly DateTimeOffset Time = new(2026, 11, 27, 23, 29, 19, TimeSpan.Zero);

    internal string Path { get; } = Directory.CreateTempSubdirectory("minirun-logs-").FullName;

    internal string File => $"{Path}/{Name}";

    public void Dispose() => Directory.Delete(Path, recursive: true);

    internal FileDescriptor Open() => HostFile.OpenDirectory(Path);

    internal ContainerLog OpenLog(params string[] options)
    {
        using FileDescriptor folder = Open();
        return ContainerLog.Open(folder, Name, LogOptions.Parse(null, options));
    }

    internal string Text(int number = 0) => System.IO.File.ReadAllText(number == 0 ? File : $"{File}.{number}");

    /// <summary>Each file's name after that of the log, in order.</summary>
    internal string[] Files() => [.. Directory.GetFiles(Path).Select(file => System.IO.Path.GetFileName(file)[Name.Length..]).Order(StringComparer.Ordinal)];

    internal static string Record(string text, string stream = "stdout", string time = "2026-11-27T23:29:19Z") => $$"""{"log":"{{text}}","stream":"{{stream}}","time":"{{time}}"}""" + "\n";

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
