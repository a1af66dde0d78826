using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>What docker's defaults forbid, and what lifting each allows.</summary>
[Collection(ContainerTests.Name)]
public sealed class ProtectionTests(ContainerHost host)
{
    [Fact]
    public void The_default_seccomp_profile_denies_new_namespaces_and_unconfined_allows_them()
    {
        ProgramResult refused = host.Shell("unshare -U true");
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("Operation not permitted", refused.Error, StringComparison.Ordinal);
        Assert.Equal("2", host.Shell("sed -n 's/^Seccomp:.//p' /proc/self/status").Succeeded());

        Assert.Equal("0", host.Shell("unshare -U true && sed -n 's/^Seccomp:.//p' /proc/self/status", "--security-opt", "seccomp=unconfined").Succeeded());
    }

    [Fact]
    public void A_seccomp_profile_of_the_users_is_in_force()
    {
        string profile = Path.Combine(host.NewFolder(), "profile.json");
        File.WriteAllText(profile, """
            {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"],
             "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 28}]}
            """);
        ProgramResult refused = host.Shell("mkdir /made", "--security-opt", $"seccomp={profile}");
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("No space left on device", refused.Error, StringComparison.Ordinal);

        host.Shell("mkdir /made").Succeeded();
    }

    [Fact]
    public void Kernel_files_are_masked_by_dev_null_and_privileged_uncovers_them()
    {
        // Which of them there are depends on the kernel.
        string masked = ((string[])["/proc/kcore", "/proc/keys", "/proc/timer_list"]).First(File.Exists);
        Assert.Equal("1:3", host.Shell($"stat -c %t:%T {masked}").Succeeded());
        Assert.Equal("", host.Shell("ls -A /sys/firmware").Succeeded());
        Assert.Equal("0:0", host.Shell($"stat -c %t:%T {masked}", "--privileged").Succeeded());
    }

    [Fact]
    public void Kernel_settings_are_read_only_and_privileged_may_write_them()
    {
        const string script = "echo inside > /proc/sys/kernel/domainname && cat /proc/sys/kernel/domainname";
        ProgramResult refused = host.Shell(script, "--cap-add=SYS_ADMIN");
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("Read-only file system", refused.Error, StringComparison.Ordinal);

        Assert.Equal("inside", host.Shell(script, "--privileged").Succeeded());
    }

    [Fact]
    public void Capabilities_are_dropped_and_added_by_name_with_and_without_prefix()
    {
        const string script = "sed -n 's/^CapBnd:.//p' /proc/self/status";
        Assert.Equal("0000000000000401", host.Shell(script, "--cap-drop=ALL", "--cap-add=CAP_CHOWN", "--cap-add=net_bind_service").Succeeded());
        Assert.Equal("00000000a80425fa", host.Shell(script, "--cap-drop=chown").Succeeded());

        ProgramResult refused = host.Shell("chown 1000 /etc/passwd", "--cap-drop=CHOWN");
        Assert.NotEqual(0, refused.Status);
        host.Shell("chown 1000 /etc/passwd").Succeeded();
    }

    [Fact]
    public void All_and_privileged_mean_what_the_caller_has_itself()
    {
        string own = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("CapBnd:", StringComparison.Ordinal))[8..];
        const string script = "sed -n 's/^CapEff:.//p' /proc/self/status";
        Assert.Equal(own, host.Shell(script, "--cap-add=ALL").Succeeded());
        Assert.Equal(own, host.Shell(script, "--privileged").Succeeded());
    }

    [Fact]
    public void A_capability_that_the_host_lacks_is_an_error_when_it_is_named()
    {
        ulong own = Convert.ToUInt64(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("CapBnd:", StringComparison.Ordinal))[8..], 16);
        const int CAP_SYS_RESOURCE = 24;
        ProgramResult result = host.Shell("true", "--cap-add=SYS_RESOURCE");
        if ((own & (1UL << CAP_SYS_RESOURCE)) == 0)
        {
            result.FailedInOneLine(125, "SYS_RESOURCE");
        }
        else
        {
            result.Succeeded();
        }
    }

    [Fact]
    public void Only_dockers_devices_are_there_and_a_named_one_comes_with_device()
    {
        Assert.Equal(
            "console fd full mqueue null ptmx pts random shm stderr stdin stdout tty urandom zero",
            host.Shell("cd /dev; echo $(ls -A . | grep -v ^core$; [ -e console ] || echo console) | tr ' ' '\\n' | sort | tr '\\n' ' ' | sed 's/ $//'").Succeeded());
        Assert.Equal("1:7", host.Shell("stat -c %t:%T /dev/extra", "--device=/dev/full:/dev/extra").Succeeded());
    }

    [Fact]
    public void A_block_device_can_be_made_but_not_opened()
    {
        const string script = "mknod /tmp/disk b 7 0 && head -c 1 /tmp/disk";
        ProgramResult refused = host.Shell(script);
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("Operation not permitted", refused.Error, StringComparison.Ordinal);

        // Privileged, the device rules allow it: what is left is the kernel's word on an unused loop device.
        Assert.DoesNotContain("Operation not permitted", host.Shell(script, "--privileged").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_descriptor_of_the_host_reaches_the_program()
    {
        Assert.Equal("0 1 2 3", host.Shell("echo $(ls /proc/self/fd)").Succeeded());
    }
}
