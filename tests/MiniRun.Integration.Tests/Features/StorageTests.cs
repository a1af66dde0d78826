using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class StorageTests(ContainerHost host)
{
    [Fact]
    public void Two_containers_of_one_sample_do_not_see_each_others_files()
    {
        using RunningProgram first = host.Start("run", "--rm", "--name=first", "busybox", "sh", "-c", "echo first > /file; rm /www/index.html; echo ready; while :; do sleep 0.1; done");
        first.WaitForOutput("ready");
        ProgramResult second = host.Shell("cat /www/index.html; test -e /file || echo absent");
        ProgramResult again = host.Run("exec", "first", "cat", "/file");
        host.Run("rm", "-f", "first").Succeeded();

        Assert.Equal(["hello from httpd", "absent"], second.Lines());
        Assert.Equal("first", again.Succeeded());
    }

    [Theory]
    [InlineData]
    [InlineData("--userns=private")]
    [InlineData("--privileged")]
    public void A_container_that_changes_everything_leaves_the_sample_as_it_was(params string[] options)
    {
        string before = Hash(host.Sample);
        host.Shell("rm -rf /www /home; echo changed > /etc/passwd; chmod 777 /bin; chown 1000 /etc; mkdir /new", options).Succeeded();
        Assert.Equal(before, Hash(host.Sample));
    }

    /// <summary>A hash over every name, mode, owner, time and content.</summary>
    private static string Hash(string folder)
    {
        EnumerationOptions all = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        StringBuilder text = new();
        foreach (string path in Directory.EnumerateFileSystemEntries(folder, "*", all).Order(StringComparer.Ordinal))
        {
            FileInfo file = new(path);
            text.Append(CultureInfo.InvariantCulture, $"{path} {file.LinkTarget} ");
            if (file.LinkTarget is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"{file.UnixFileMode} {file.LastWriteTimeUtc.Ticks} ");
                text.Append(file.Attributes.HasFlag(FileAttributes.Directory) ? "folder" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
            }

            text.Append('\n');
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
