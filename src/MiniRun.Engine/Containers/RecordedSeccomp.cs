using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Seccomp;

namespace MiniRun.Engine.Containers;

/// <summary>
/// A container's own copy of the seccomp profile that was given for it as a file: however often it is started, and whatever became of
/// the file, it is the same container. Docker's client reads the file once, too.
/// </summary>
internal static class RecordedSeccomp
{
    private const string Name = "seccomp.json";
    private const string Option = "--security-opt=seccomp=";

    internal static void Write(string folder, byte[]? profile)
    {
        if (profile is not null)
        {
            FileReplacement.Write($"{folder}/{Name}", profile);
        }
    }

    /// <summary>The copy; null where there is none: the container is only being made, or an older version made it.</summary>
    /// <exception cref="SyscallException">It cannot be read.</exception>
    internal static byte[]? Read(string folder)
    {
        using FileDescriptor? file = HostFile.TryOpen($"{folder}/{Name}", OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, out Errno error);
        return file is not null || error == Errno.ENOENT
            ? file is null ? null : HostFile.ReadBounded(file, Name, SeccompTemplateReader.LargestFile)
            : throw new SyscallException("open", $"{folder}/{Name}", error);
    }

    /// <summary>A container's words, for a container like it: where the file is not any more what it was, they name the copy.</summary>
    internal static IReadOnlyList<string> In(IReadOnlyList<string> words, string folder)
    {
        int place = 0;
        while (place < words.Count && words[place].StartsWith("--", StringComparison.Ordinal) && !words[place].StartsWith(Option, StringComparison.Ordinal))
        {
            place++;
        }

        return place < words.Count && words[place].StartsWith(Option, StringComparison.Ordinal) && Read(folder) is { } copy && !IsStill(words[place][Option.Length..], copy)
            ? [.. words.Take(place), $"{Option}{folder}/{Name}", .. words.Skip(place + 1)]
            : words;
    }

    private static bool IsStill(string file, byte[] copy)
    {
        try
        {
            return HostFile.ReadBounded(file, SeccompTemplateReader.LargestFile).AsSpan().SequenceEqual(copy);
        }
        catch (MiniRunException)
        {
            return false;
        }
    }
}
