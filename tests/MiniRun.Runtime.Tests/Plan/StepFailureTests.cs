using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Tests.Plan;

/// <summary>Error numbers as the kernel has them: ENOENT 2, EACCES 13, EPERM 1, ENOEXEC 8.</summary>
public class StepFailureTests
{
    private static readonly LaunchPlan s_plan = Plans.Build(Plans.OciSpec);

    [Theory]
    [InlineData(Cause.ProgramMissing, 2, "", 127, "executable file not found in $PATH")]
    [InlineData(Cause.ProgramNotExecutable, 13, "", 126, "permission denied")]
    [InlineData(Cause.ProgramIsDirectory, 13, "", 126, "is a directory")]
    [InlineData(Cause.InterpreterMissing, 2, "/bin/bash", 127, "'/bin/bash' is missing: no such file or directory")]
    [InlineData(Cause.LoaderMissing, 2, "/lib64/ld-linux-x86-64.so.2", 127, "loader '/lib64/ld-linux-x86-64.so.2'")]
    [InlineData(Cause.NotAProgram, 8, "", 126, "exec format error")]
    public void A_program_that_cannot_start_gets_dockers_words_and_exit_code(Cause cause, int errno, string item, int exitCode, string words)
    {
        StepFailureReport report = StepFailure.Describe(s_plan, IndexOf(StepKind.FindProgram), errno, cause, "execve\0" + item);

        Assert.Equal(exitCode, report.ExitCode);
        Assert.Contains(words, report.Message);
        Assert.Contains("\"sh\"", report.Message);
        Assert.DoesNotContain('\n', report.Message);
    }

    [Fact]
    public void A_program_for_another_processor_names_it()
    {
        StepFailureReport report = StepFailure.Describe(s_plan, IndexOf(StepKind.Execute), 8, Cause.WrongArchitecture, "execve\0/bin/sh", value: 183);

        Assert.Equal(126, report.ExitCode);
        Assert.Contains("built for aarch64", report.Message);
    }

    [Fact]
    public void A_path_that_is_missing_was_not_looked_for_in_PATH()
    {
        LaunchPlan plan = Plans.Build(Plans.OciSpec.WithProcess(process => process with { Args = ["/no/such"] }));

        StepFailureReport report = StepFailure.Describe(plan, -1, 2, Cause.ProgramMissing, "execve\0/no/such");
        Assert.Contains("exec: \"/no/such\": no such file or directory", report.Message);
    }

    [Fact]
    public void Any_other_step_names_call_object_reason_and_who_asked()
    {
        StepFailureReport report = StepFailure.Describe(s_plan, IndexOf(StepKind.Attach), 13, Cause.None, "move_mount\0/proc");

        Assert.Equal(125, report.ExitCode);
        Assert.Equal("move_mount /proc: permission denied (asked for by mounts[0])", report.Message);
    }

    [Theory]
    [InlineData(StepKind.Scheduler, 1, "CAP_SYS_NICE")]
    [InlineData(StepKind.Scheduler, 22, "sched_setattr(2)")]
    [InlineData(StepKind.IoPriority, 1, "CAP_SYS_NICE")]
    [InlineData(StepKind.MemoryPolicy, 22, "memory nodes")]
    [InlineData(StepKind.MemoryPolicy, 38, "NUMA")]
    [InlineData(StepKind.Personality, 22, "32-bit")]
    public void A_scheduling_that_cannot_be_had_says_what_to_check(StepKind kind, int errno, string words)
    {
        LaunchPlan plan = GoldenConfigurations.All["scheduling"]();
        int index = Enumerable.Range(0, plan.Steps.Count).Single(i => plan.Steps[i].Kind == kind);

        Assert.Contains(words, StepFailure.Describe(plan, index, errno, Cause.None, "call\0object").Message);
    }

    [Fact]
    public void The_option_of_the_command_line_is_named_where_it_is_known()
    {
        StepFailureReport report = StepFailure.Describe(s_plan, IndexOf(StepKind.Attach), 22, Cause.None, "move_mount\0/proc", askedBy: _ => "--volume /f:/proc");

        Assert.Equal("move_mount /proc: invalid argument: a folder can only be mounted on a folder, a file only on a file (asked for by --volume /f:/proc)", report.Message);
    }

    [Fact]
    public void A_remedy_is_given_where_one_is_known()
    {
        int index = IndexOf(StepKind.WorkingDirectory);

        Assert.Contains("make the root writable", StepFailure.Describe(s_plan, index, 30, Cause.None, "mkdirat\0/app").Message);
    }

    [Fact]
    public void A_symlink_where_proc_belongs_is_told_with_its_danger() =>
        Assert.Contains("symbolic link", StepFailure.Describe(s_plan, IndexOf(StepKind.Attach), 40, Cause.SymlinkRefused, "openat2\0/proc").Message);

    [Fact]
    public void A_failure_without_a_plan_still_says_what_failed() =>
        Assert.Equal("execve /bin/x: permission denied", StepFailure.Describe(null, -1, 13, Cause.None, "execve\0/bin/x").Message);

    private static int IndexOf(StepKind kind) => s_plan.Steps.Select(step => step.Kind).ToList().IndexOf(kind);
}
