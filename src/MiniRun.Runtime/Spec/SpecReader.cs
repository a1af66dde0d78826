using System.Text.Json;
using System.Text.Unicode;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Spec.Reading;

namespace MiniRun.Runtime.Spec;

/// <summary>
/// Reads config.json and its parts by hand, in one pass and without reflection: it stands on the start path of every container.
/// Only types, required members and duplicates are judged here; what the values mean together is the validator's question.
/// </summary>
public static class SpecReader
{
    /// <summary>Reads a whole config.json.</summary>
    /// <exception cref="SpecException">One or more problems, each with its JSON path.</exception>
    public static RuntimeSpec Read(ReadOnlySpan<byte> json) => Read(json, RuntimeSpecReader.Read);

    /// <summary>Reads a whole config.json from a file of at most 16 MiB.</summary>
    /// <exception cref="SpecException">One or more problems, each with its JSON path.</exception>
    /// <exception cref="MiniRunException">The file cannot be read, or is larger; the message names it.</exception>
    public static RuntimeSpec ReadFile(string path)
    {
        // Not waiting: a FIFO in config.json's place must not hold up anyone.
        using FileDescriptor file = HostFile.Open(path, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY);
        byte[] json = HostFile.ReadBounded(file, path, ReadingLimits.Size);
        try
        {
            return Read(json);
        }
        catch (SpecException failure)
        {
            throw new SpecException(failure.Problems, path);
        }
    }

    /// <summary>Reads the process object that `exec --process` is given.</summary>
    /// <exception cref="SpecException">One or more problems, each with its JSON path.</exception>
    public static ProcessSpec ReadProcess(ReadOnlySpan<byte> json) => Read(json, ProcessReader.Read);

    /// <summary>Reads the resources object that `update --resources` is given.</summary>
    /// <exception cref="SpecException">One or more problems, each with its JSON path.</exception>
    public static ResourcesSpec ReadResources(ReadOnlySpan<byte> json) => Read(json, ResourcesReader.Read);

    private static T Read<T>(ReadOnlySpan<byte> json, ItemReader<T> read)
    {
        if (json.Length > ReadingLimits.Size)
        {
            throw new SpecException([$"larger than {ReadingLimits.Size >> 20} MiB"]);
        }

        // The parser looks at a text's bytes only when it is taken; an ignored one would pass, and be passed on.
        if (!Utf8.IsValid(json))
        {
            throw new SpecException(["not UTF-8"]);
        }

        SpecProblems problems = new();
        JsonCursor cursor = new(json, problems);
        T? document = default;
        try
        {
            cursor.Start();
            document = read(ref cursor);
            cursor.Finish();
        }
        catch (JsonException failure)
        {
            cursor.Malformed(failure);
        }

        problems.ThrowIfAny();
        return document!;
    }
}
