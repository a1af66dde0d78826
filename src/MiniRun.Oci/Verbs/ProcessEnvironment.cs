using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Users;
using MiniRun.Runtime.Spec;

namespace MiniRun.Oci.Verbs;

/// <summary>
/// The environment as engines expect it of runc: where a name is given twice the last one counts (getenv(3) would find the
/// first), and HOME, if it is missing or empty, comes from the container's passwd.
/// </summary>
internal static class ProcessEnvironment
{
    private const string Home = "HOME=";

    /// <param name="process">The process as config.json, process.json or the options have it.</param>
    /// <param name="root">The container's root folder; where it is missing, the launch itself tells.</param>
    /// <exception cref="SyscallException">The root's passwd cannot be read.</exception>
    public static ProcessSpec Completed(ProcessSpec process, string root)
    {
        List<string> variables = LastOfEach(process.Env);
        int home = variables.FindIndex(static variable => variable.StartsWith(Home, StringComparison.Ordinal));
        bool complete = home >= 0 && variables[home].Length > Home.Length;
        if (complete || FileStatus.Of(root) is null)
        {
            return process with { Env = variables };
        }

        if (home >= 0)
        {
            variables.RemoveAt(home);
        }

        using FileDescriptor folder = HostFile.OpenDirectory(root);
        variables.Add(Home + UserDatabase.Read(folder).HomeOf(process.User.Uid));
        return process with { Env = variables };
    }

    private static List<string> LastOfEach(IReadOnlyList<string> variables)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        List<string> kept = [];
        foreach (string variable in variables)
        {
            int equals = variable.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? variable : variable[..equals];
            if (places.TryAdd(name, kept.Count))
            {
                kept.Add(variable);
            }
            else
            {
                kept[places[name]] = variable;
            }
        }

        return kept;
    }
}
