using System.Globalization;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>A process as the host's /proc shows it.</summary>
public sealed record HostProcess(int Pid, int Parent, char State, string StartTime, string Name)
{
    /// <summary>The dead children of this process that nobody has waited for yet.</summary>
    public static IEnumerable<HostProcess> Zombies()
    {
        return All().Where(process => process.Parent == Environment.ProcessId && process.State == 'Z');
    }

    /// <summary>Every living process that this test process or one of its descendants started, zombies left out.</summary>
    public static IReadOnlyList<HostProcess> Descendants()
    {
        ILookup<int, HostProcess> children = All().ToLookup(process => process.Parent);
        List<HostProcess> found = [];
        Queue<int> parents = new([Environment.ProcessId]);
        while (parents.TryDequeue(out int parent))
        {
            foreach (HostProcess child in children[parent])
            {
                parents.Enqueue(child.Pid);
                if (child.State is not ('Z' or 'X'))
                {
                    found.Add(child);
                }
            }
        }

        return found;
    }

    /// <summary>The process that is pid 1 of a container and runs the named program, once it does.</summary>
    public static HostProcess FirstOfContainer(string program)
    {
        HostProcess? found = null;
        Eventually.True(
            () => (found = Descendants().FirstOrDefault(process => process.Name == program && process.IsFirst())) is not null,
            () => $"no container runs {program}");
        return found!;
    }

    /// <summary>A field of /proc/PID/status, its values separated by blanks; null when the process is gone.</summary>
    public string? Status(string field)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{Pid}/status").FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.Ordinal));
            return line?[(field.Length + 1)..].Trim().Replace('\t', ' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The namespaces it is in, as `pid:[4026531836]`.</summary>
    public IEnumerable<string> Namespaces()
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{Pid}/ns").Select(link => File.ResolveLinkTarget(link, returnFinalTarget: false)?.Name ?? link)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public override string ToString()
    {
        return $"{Pid} ({Name}) started at {StartTime}";
    }

    private static IEnumerable<HostProcess> All()
    {
        return Directory.EnumerateDirectories("/proc").Select(TryRead).OfType<HostProcess>();
    }

    private bool IsFirst()
    {
        string[] numbers = Status("NSpid")?.Split(' ') ?? [];
        return numbers.Length > 1 && numbers[^1] == "1";
    }

    private static HostProcess? TryRead(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
        {
            return null;
        }

        try
        {
            // The name stands in brackets and may hold blanks and brackets itself.
            string text = File.ReadAllText($"{folder}/stat");
            int open = text.IndexOf('(', StringComparison.Ordinal);
            int close = text.LastIndexOf(')');
            string[] fields = text[(close + 2)..].Split(' ');
            return new HostProcess(pid, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0][0], fields[19], text[(open + 1)..close]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
