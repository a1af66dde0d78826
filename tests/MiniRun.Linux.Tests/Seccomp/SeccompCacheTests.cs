using System.Diagnostics;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Seccomp;

namespace MiniRun.Linux.Tests.Seccomp;

public sealed class SeccompCacheTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"minirun-seccomp-{Guid.NewGuid():N}");
    private readonly SeccompProfile _profile = DefaultProfile.Resolve(new() { Capabilities = CapabilitySet.Empty });

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void The_second_time_the_filter_comes_from_the_cache()
    {
        byte[] first = Cache().Get(_profile, out bool firstCached);
        byte[] second = Cache().Get(_profile, out bool secondCached);
        Assert.False(firstCached);
        Assert.True(secondCached);
        Assert.Equal(first, second);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
    }

    [Fact]
    public void Another_profile_build_or_errno_is_another_entry()
    {
        Cache().Get(_profile);
        Cache().Get(DefaultProfile.Resolve(new() { Capabilities = CapabilitySet.All }), out bool otherRules);
        new SeccompCache(_folder, "other build").Get(_profile, out bool otherBuild);
        Cache().Get(_profile with { DefaultErrno = 2 }, out bool otherErrno);
        Cache().Get(_profile with { Architectures = ["SCMP_ARCH_X86_64"] }, out bool otherArchitectures);
        Assert.False(otherRules || otherBuild || otherErrno || otherArchitectures);
        Assert.Equal(5, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Flags_are_the_kernels_and_change_no_entry()
    {
        Cache().Get(_profile);
        Cache().Get(_profile with { Flags = ["SECCOMP_FILTER_FLAG_LOG"] }, out bool cached);
        Assert.True(cached);
    }

    [Fact]
    public void Any_changed_byte_makes_the_entry_worthless()
    {
        byte[] right = Cache().Get(_profile);
        string file = Directory.GetFiles(_folder).Single();
        byte[] entry = File.ReadAllBytes(file);
        for (int index = 0; index < entry.Length; index += index < 64 ? 1 : 997)
        {
            byte[] damaged = [.. entry];
            damaged[index] ^= 0x40;
            File.WriteAllBytes(file, damaged);
            Assert.Equal(right, Cache().Get(_profile, out bool cached));
            Assert.False(cached);
        }
    }

    [Fact]
    public void A_cut_lengthened_or_empty_entry_is_worthless_and_replaced()
    {
        byte[] right = Cache().Get(_profile);
        string file = Directory.GetFiles(_folder).Single();
        byte[] entry = File.ReadAllBytes(file);
        foreach (byte[] wrong in new byte[][] { [], entry[..20], entry[..^8], [.. entry, 0], new byte[entry.Length] })
        {
            File.WriteAllBytes(file, wrong);
            Assert.Equal(right, Cache().Get(_profile, out bool cached));
            Assert.False(cached);
            Cache().Get(_profile, out bool again);
            Assert.True(again);
        }
    }

    [Fact]
    public void An_intact_entry_for_other_rules_under_this_name_is_not_loaded()
    {
        SeccompProfile open = new() { DefaultAction = "SCMP_ACT_ALLOW" };
        Cache().Get(open);
        string openFile = Directory.GetFiles(_folder).Single();
        byte[] right = Cache().Get(_profile);
        string file = Directory.GetFiles(_folder).Single(name => name != openFile);
        File.Copy(openFile, file, overwrite: true);
        Assert.Equal(right, Cache().Get(_profile, out bool cached));
        Assert.False(cached);
    }

    [Theory]
    [InlineData("entry readable by others")]
    [InlineData("folder open to others")]
    [InlineData("entry is a link")]
    [InlineData("entry is a fifo")]
    public void What_is_not_ours_alone_is_not_loaded(string what)
    {
        Cache().Get(_profile);
        string file = Directory.GetFiles(_folder).Single();
        switch (what)
        {
            case "entry readable by others":
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
                break;
            case "folder open to others":
                File.SetUnixFileMode(_folder, (UnixFileMode)0x1ff);
                break;
            case "entry is a link":
                File.Move(file, file + ".moved");
                File.CreateSymbolicLink(file, file + ".moved");
                break;
            default:
                File.Delete(file);
                using (Process mkfifo = Process.Start("mkfifo", ["-m", "600", file]))
                {
                    mkfifo.WaitForExit();
                }

                break;
        }

        Cache().Get(_profile, out bool cached);
        Assert.False(cached);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_only_costs_time()
    {
        File.WriteAllText(_folder, "a file where the folder should be");
        try
        {
            Assert.NotEmpty(Cache().Get(_profile, out bool cached));
            Assert.False(cached);
        }
        finally
        {
            File.Delete(_folder);
        }
    }

    [Fact]
    public void The_number_of_entries_is_bounded()
    {
        for (int number = 0; number < 200; number++)
        {
            Cache().Get(new() { DefaultAction = "SCMP_ACT_ALLOW", Rules = [new(["getpid"], "SCMP_ACT_ERRNO", (uint)number, [])] });
        }

        Assert.InRange(Directory.GetFiles(_folder).Length, 1, 128);
    }

    [Fact]
    public void Many_at_once_all_get_the_right_filter()
    {
        byte[] right = SeccompCompiler.Compile(_profile);
        Parallel.For(0, 50, _ => Assert.Equal(right, Cache().Get(_profile)));
    }

    [Fact]
    public void Hashes_differ_where_contents_differ()
    {
        HashSet<(ulong, ulong)> seen = [];
        byte[] bytes = new byte[100];
        Assert.True(seen.Add(ContentHash.Compute([])));
        for (int length = 1; length <= bytes.Length; length++)
        {
            Assert.True(seen.Add(ContentHash.Compute(bytes.AsSpan(0, length))));
        }

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(seen.Add(ContentHash.Compute(bytes)));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private SeccompCache Cache() => new(_folder, "build");
}
