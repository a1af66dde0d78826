using System.Runtime.InteropServices;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Seccomp;
using static MiniRun.Linux.Tests.Seccomp.FilterMachine;

namespace MiniRun.Linux.Tests.Seccomp;

/// <summary>What the default profile decides, call by call, as the kernel would run it on x86_64.</summary>
public sealed class DefaultProfileTests
{
    private const ulong AF_INET = 2;
    private const ulong AF_ALG = 38;
    private const ulong AF_VSOCK = 40;
    private const ulong CLONE_VM_AND_FRIENDS = 0x003d0f00;

    private static readonly FilterMachine Plain = Compile(CapabilitySet.Empty);
    private static readonly FilterMachine Admin = Compile(CapabilitySet.Parse("CAP_SYS_ADMIN"));

    private static int Socket => Number("socket");

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("openat")]
    [InlineData("execve")]
    [InlineData("execveat")]
    [InlineData("exit_group")]
    [InlineData("futex")]
    [InlineData("mmap")]
    [InlineData("arch_prctl")]
    [InlineData("ptrace")]
    [InlineData("prctl")]
    [InlineData("setgroups")]
    [InlineData("capset")]
    [InlineData("landlock_restrict_self")]
    public void Ordinary_calls_are_allowed(string name) => Assert.Equal(Allow, Plain.X64(Number(name)));

    [Theory]
    [InlineData("add_key")]
    [InlineData("keyctl")]
    [InlineData("request_key")]
    [InlineData("mount")]
    [InlineData("umount2")]
    [InlineData("unshare")]
    [InlineData("setns")]
    [InlineData("pivot_root")]
    [InlineData("bpf")]
    [InlineData("perf_event_open")]
    [InlineData("userfaultfd")]
    [InlineData("io_uring_setup")]
    [InlineData("kexec_load")]
    [InlineData("init_module")]
    [InlineData("reboot")]
    [InlineData("swapon")]
    [InlineData("open_by_handle_at")]
    [InlineData("settimeofday")]
    [InlineData("clock_settime")]
    [InlineData("chroot")]
    [InlineData("iopl")]
    [InlineData("acct")]
    [InlineData("syslog")]
    [InlineData("move_pages")]
    public void Calls_that_reach_the_host_are_denied(string name) => Assert.Equal(Eperm, Plain.X64(Number(name)));

    [Fact]
    public void Algorithm_and_vsock_sockets_are_denied_and_no_others()
    {
        for (ulong family = 0; family < 64; family++)
        {
            Assert.Equal(family is AF_ALG or AF_VSOCK ? Eperm : Allow, Plain.X64(Socket, family));
        }

        Assert.Equal(Eperm, Admin.X64(Socket, AF_ALG));
    }

    [Fact]
    public void Bits_the_kernel_does_not_look_at_open_no_way_to_denied_families()
    {
        Assert.Equal(Eperm, Plain.X64(Socket, AF_ALG | (1UL << 32)));
        Assert.Equal(Eperm, Plain.X64(Socket, AF_ALG | (1UL << 63)));
        Assert.Equal(Eperm, Plain.X64(Socket, AF_VSOCK | 0xffffffff00000000));
        Assert.Equal(Allow, Plain.X64(Socket, AF_INET | 0xffffffff00000000));
    }

    [Fact]
    public void The_kernel_indeed_looks_at_32_bits_of_the_family_only()
    {
        // AF_UNIX with a bit above: were it 64 bits wide, this would be EAFNOSUPPORT.
        nint descriptor = Libc.syscall(Number("socket"), unchecked((nint)(1 | (1UL << 32))), 1, 0, 0, 0);
        Assert.NotEqual(-1, descriptor);
        FileDescriptor.Adopt((int)descriptor).Dispose();
    }

    [Fact]
    public void Thirty_two_bit_programs_still_make_sockets()
    {
        Assert.Equal(Allow, Plain.Run(X86, 102, 1));
        Assert.Equal(Allow, Plain.Run(X86, 359, AF_INET));
        Assert.Equal(Eperm, Plain.Run(X86, 359, AF_ALG));
        Assert.Equal(Allow, Plain.Run(X86, 3));
        Assert.Equal(Eperm, Plain.Run(X86, 21));
    }

    [Fact]
    public void X32_programs_run_under_the_same_rules()
    {
        Assert.Equal(Allow, Plain.Run(X86_64, X32Bit | 0));
        Assert.Equal(Eperm, Plain.Run(X86_64, X32Bit | (uint)Number("mount")));
        Assert.Equal(Eperm, Plain.Run(X86_64, X32Bit | (uint)Socket, AF_ALG));
    }

    [Fact]
    public void Other_architectures_are_killed() => Assert.Equal(KillThread, Plain.Run(0xc00000b7, 63));

    [Theory]
    [InlineData(0x00020000)]
    [InlineData(0x02000000)]
    [InlineData(0x04000000)]
    [InlineData(0x08000000)]
    [InlineData(0x10000000)]
    [InlineData(0x20000000)]
    [InlineData(0x40000000)]
    public void New_namespaces_by_clone_need_the_capability(ulong flag)
    {
        Assert.Equal(Eperm, Plain.X64(Number("clone"), flag | CLONE_VM_AND_FRIENDS));
        Assert.Equal(Allow, Admin.X64(Number("clone"), flag | CLONE_VM_AND_FRIENDS));
    }

    [Fact]
    public void Threads_and_processes_by_clone_need_none() => Assert.Equal(Allow, Plain.X64(Number("clone"), CLONE_VM_AND_FRIENDS));

    [Fact]
    public void Clone3_is_unknown_so_that_libraries_fall_back_to_clone()
    {
        Assert.Equal(Enosys, Plain.X64(435));
        Assert.Equal(Allow, Admin.X64(435));
    }

    [Theory]
    [InlineData("CAP_SYS_ADMIN", "mount")]
    [InlineData("CAP_SYS_ADMIN", "unshare")]
    [InlineData("CAP_SYS_ADMIN", "setns")]
    [InlineData("CAP_SYS_ADMIN", "bpf")]
    [InlineData("CAP_BPF", "bpf")]
    [InlineData("CAP_PERFMON", "perf_event_open")]
    [InlineData("CAP_SYS_CHROOT", "chroot")]
    [InlineData("CAP_SYS_BOOT", "reboot")]
    [InlineData("CAP_SYS_MODULE", "finit_module")]
    [InlineData("CAP_SYS_NICE", "mbind")]
    [InlineData("CAP_SYS_PACCT", "acct")]
    [InlineData("CAP_SYS_PTRACE", "pidfd_getfd")]
    [InlineData("CAP_SYS_RAWIO", "iopl")]
    [InlineData("CAP_SYS_TIME", "clock_settime")]
    [InlineData("CAP_SYS_TTY_CONFIG", "vhangup")]
    [InlineData("CAP_SYSLOG", "syslog")]
    [InlineData("CAP_DAC_READ_SEARCH", "open_by_handle_at")]
    public void A_capability_opens_its_calls(string capability, string name)
    {
        Assert.Equal(Eperm, Plain.X64(Number(name)));
        Assert.Equal(Allow, Compile(CapabilitySet.Parse(capability)).X64(Number(name)));
        Assert.Equal(Allow, Compile(CapabilitySet.All).X64(Number(name)));
    }

    [Fact]
    public void No_capability_opens_the_keyring_or_algorithm_sockets()
    {
        FilterMachine all = Compile(CapabilitySet.All);
        Assert.Equal(Eperm, all.X64(Number("keyctl")));
        Assert.Equal(Eperm, all.X64(Number("add_key")));
        Assert.Equal(Eperm, all.X64(Socket, AF_ALG));
    }

    [Theory]
    [InlineData(0x0, true)]
    [InlineData(0x8, true)]
    [InlineData(0x20000, true)]
    [InlineData(0x20008, true)]
    [InlineData(0xffffffff, true)]
    [InlineData(0x0040000, false)]
    [InlineData(0x0400000, false)]
    public void Personalities_that_weaken_address_randomisation_are_denied(ulong personality, bool allowed)
        => Assert.Equal(allowed ? Allow : Eperm, Plain.X64(Number("personality"), personality));

    [Fact]
    public void Calls_newer_than_the_profile_are_unknown_not_forbidden()
    {
        Assert.Equal(Enosys, Plain.X64(1000));
        Assert.Equal(Enosys, Plain.Run(X86, 1000));
        Assert.Equal(Enosys, Plain.Run(X86_64, X32Bit | 1000));
    }

    [Fact]
    public void Arm_machines_get_arm_calls_and_architectures()
    {
        SeccompProfile profile = DefaultProfile.Resolve(new() { Capabilities = CapabilitySet.Empty, Architecture = Architecture.Arm64 });
        Assert.Equal(["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"], profile.Architectures);
        Assert.Contains(profile.Rules, rule => rule.Names.Contains("cacheflush"));
        Assert.DoesNotContain(profile.Rules, rule => rule.Names.Contains("arch_prctl"));
        Assert.NotEmpty(SeccompCompiler.Compile(profile));
    }

    [Fact]
    public void No_call_stands_twice_in_the_list()
    {
        IReadOnlyList<string> names = DefaultProfile.Template().Rules[0].Rule.Names;
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    internal static FilterMachine Compile(CapabilitySet capabilities) => new(SeccompCompiler.Compile(DefaultProfile.Resolve(new() { Capabilities = capabilities })));

    internal static int Number(string name)
    {
        int number = LibSeccomp.seccomp_syscall_resolve_name(name);
        Assert.True(number >= 0, $"libseccomp does not know {name}");
        return number;
    }
}
