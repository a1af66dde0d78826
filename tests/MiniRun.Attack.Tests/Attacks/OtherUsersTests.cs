using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 27, CVE-2021-41103: folders of bundles and snapshots that other users of the host could enter, to run what is set-user-ID there.</summary>
[Collection(AttackTests.Name)]
public sealed class OtherUsersTests(ContainerHost host)
{
    private const string AsOther = "setpriv --reuid=1000 --regid=1000 --clear-groups";

    [Fact]
    public void Another_user_enters_no_folder_of_state_and_data_and_reads_no_file_of_a_container()
    {
        using Canaries canaries = new(host);
        string id = Running("others-kept");
        string folder = $"{host.Data}/containers/{id}";

        // The samples are images for everybody, below the data root alone.
        string[] folders = [host.State, host.Data, .. Directory.GetDirectories(host.State), .. Directory.GetDirectories(host.Data).Where(static name => !name.EndsWith("/samples", StringComparison.Ordinal)), folder];

        // Each by itself, its own mode alone: a parent that is closed must not hide one that is open.
        Assert.Contains(folder, folders);
        Assert.Contains($"{host.State}/{id}", folders);
        Assert.DoesNotContain(folders, name => !IsClosed(name));
        using OpenWay way = new(host);
        string[] inside = [$"{folder}/upper", $"{folder}/attach.sock", $"{folder}/life.json", $"{folder}/container.json", $"{folder}/{id}-json.log", $"{host.State}/{id}/state.json"];
        Assert.All(inside, static path => Assert.True(Path.Exists(path), path));
        foreach (string path in (string[])[.. folders.Where(name => name != host.Data), .. inside])
        {
            ProgramResult seen = host.Bash($"{AsOther} ls -d {path}/. 2>&1; {AsOther} cat {path} 2>&1; true");
            Assert.True(seen.Output.Contains("Permission denied", StringComparison.Ordinal) && !seen.Output.Contains('{', StringComparison.Ordinal), $"{path}: {seen}");
        }

        host.Run("rm", "-f", "others-kept").Succeeded();
    }

    [Fact]
    public void What_is_written_of_a_container_is_nothing_for_other_users()
    {
        string id = Running("others-modes");
        string folder = $"{host.Data}/containers/{id}";
        foreach (string file in (string[])[$"{folder}/life.json", $"{folder}/container.json", $"{folder}/{id}-json.log", $"{host.State}/{id}/state.json"])
        {
            // The log's mode is docker's 0640.
            Assert.True((File.GetUnixFileMode(file) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite)) == 0, $"{file}: {File.GetUnixFileMode(file)}");
        }

        host.Run("rm", "-f", "others-modes").Succeeded();
    }

    [Fact]
    public void Control_where_the_folders_are_opened_another_user_reads_the_files()
    {
        using OpenWay way = new(host);
        string id = Running("others-open");
        string folder = $"{host.Data}/containers/{id}";
        foreach (string path in (string[])[$"{host.Data}/containers", folder, $"{folder}/life.json"])
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        Assert.False(IsClosed(folder));
        Assert.Contains("{", host.Bash($"{AsOther} cat {folder}/life.json").Succeeded(), StringComparison.Ordinal);
        File.SetUnixFileMode($"{host.Data}/containers", File.GetUnixFileMode($"{host.Data}/containers") & ~(UnixFileMode.OtherRead | UnixFileMode.OtherExecute));
        host.Run("rm", "-f", "others-open").Succeeded();
    }

    private string Running(string name) => host.Run("run", "-d", $"--name={name}", "busybox", "sh", "-c", "echo secret; exec sleep 1000").Succeeded();

    private static bool IsClosed(string path) =>
        (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute)) == 0;

    /// <summary>Opens the tests' own folder above state and data, which no host would have closed.</summary>
    private sealed class OpenWay : IDisposable
    {
        private const UnixFileMode Open = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        private readonly Dictionary<string, UnixFileMode> modes = [];

        public OpenWay(ContainerHost host)
        {
            foreach (string folder in (string[])[host.Folder, host.Data])
            {
                modes[folder] = File.GetUnixFileMode(folder);
                File.SetUnixFileMode(folder, modes[folder] | Open);
            }
        }

        public void Dispose()
        {
            foreach ((string folder, UnixFileMode mode) in modes)
            {
                File.SetUnixFileMode(folder, mode);
            }
        }
    }
}
