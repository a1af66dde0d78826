using System.Globalization;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>How ids inside a user namespace read outside.</summary>
internal readonly record struct IdTranslation(IReadOnlyList<IdMapping> Mappings)
{
    private const int MaxMapFile = 1 << 16;

    /// <summary>Of a process in the caller's own user namespace.</summary>
    public static IdTranslation None => new([]);

    /// <summary>What the kernel says of a process: /proc/PID/uid_map or gid_map, as it reads in the caller's user namespace.</summary>
    /// <exception cref="MiniRunException">The process is gone.</exception>
    public static IdTranslation Read(int pid, string file)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{file}");
        List<IdMapping> mappings = [];
        Span<uint> fields = stackalloc uint[3];
        foreach (ReadOnlySpan<char> line in HostFile.ReadText(path, MaxMapFile).AsSpan().EnumerateLines())
        {
            if (TryParse(line, fields))
            {
                mappings.Add(new IdMapping(fields[0], fields[1], fields[2]));
            }
        }

        return new IdTranslation(mappings);
    }

    /// <summary>An id inside as the host's; the kernel's overflow id where nothing maps it.</summary>
    public uint ToHost(uint id) => Mappings.Count == 0 ? id : IdMapping.ToHost(Mappings, id) ?? 65534;

    private static bool TryParse(ReadOnlySpan<char> line, Span<uint> fields)
    {
        int count = 0;
        foreach (Range range in line.Split(' '))
        {
            ReadOnlySpan<char> word = line[range];
            if (word.IsEmpty)
            {
                continue;
            }

            if (count == fields.Length || !uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out fields[count]))
            {
                return false;
            }

            count++;
        }

        return count == fields.Length;
    }
}
