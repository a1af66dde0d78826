using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Words;

namespace MiniRun.Engine.Tests.Build.Dockerfiles;

public sealed class DockerfileReaderTests
{
    [Fact]
    public void The_seeds_Dockerfile_is_a_stage_with_a_user()
    {
        DockerfileStage stage = Assert.Single(Read("FROM ubuntu\nUSER 1000\n").Stages);
        Assert.Equal("ubuntu", stage.From.Image.Text);
        Assert.Equal("1000", Assert.IsType<UserInstruction>(Assert.Single(stage.Instructions)).User.Text);
    }

    [Fact]
    public void Stages_have_names_platforms_and_arguments_before_them()
    {
        Dockerfile file = Read("ARG V=1\nARG W\nfrom --platform=linux/arm64 a:$V As Build\nFROM build\n");
        Assert.Equal(2, file.GlobalArguments.Count);
        Assert.Equal(("a:$V", "build", "linux/arm64"), (file.Stages[0].From.Image.Text, file.Stages[0].From.StageName, file.Stages[0].From.Platform!.Value.Text));
        Assert.Null(file.Stages[1].From.StageName);
    }

    [Theory]
    [InlineData("RUN a \\\n  b\n", "a   b")]
    [InlineData("RUN a \\  \n# a comment\n   # another\n\nb\n", "a b")]
    [InlineData("RUN a\\\\\nUSER x\n", "a\\\\")]
    [InlineData("run a # b", "a # b")]
    [InlineData("RUN a \\", "a")]
    [InlineData("\n# c\n   RUN   a\t\r\n", "a")]
    public void Lines_are_joined_and_comments_left_out(string text, string command)
    {
        RunInstruction run = First<RunInstruction>(text);
        Assert.True(run.Command.IsShell);
        Assert.Equal([command], run.Command.Words);
    }

    [Fact]
    public void The_escape_directive_makes_a_backtick_join_lines() =>
        Assert.Equal(["dir C:\\ b"], ((RunInstruction)Read("# escape=`\nFROM x\nRUN dir C:\\ `\nb").Stages[0].Instructions[0]).Command.Words);

    [Fact]
    public void Directives_are_read_at_the_top_only()
    {
        Dockerfile file = Read("# syntax=docker/dockerfile:1\n# check=skip=all\n\n# escape=`\nFROM x\nRUN a \\\nb");
        Assert.Equal(('\\', "docker/dockerfile:1", "skip=all"), (file.Directives.Escape, file.Directives.Syntax, file.Directives.Check));
    }

    [Theory]
    [InlineData("CMD [\"a\", \"b\\n\"]", false, new[] { "a", "b\n" })]
    [InlineData("CMD []", false, new string[0])]
    [InlineData("CMD [ \"a\" ] x", true, new[] { "[ \"a\" ] x" })]
    [InlineData("CMD ['a']", true, new[] { "['a']" })]
    [InlineData("CMD [ -f x ]", true, new[] { "[ -f x ]" })]
    [InlineData("CMD a \"b  c\"", true, new[] { "a \"b  c\"" })]
    [InlineData("CMD", true, new string[0])]
    public void A_command_in_JSON_is_in_exec_form_and_all_else_in_shell_form(string text, bool shell, string[] words)
    {
        CommandLine command = First<CmdInstruction>(text).Command;
        Assert.Equal(shell, command.IsShell);
        Assert.Equal(words, command.Words);
    }

    [Theory]
    [InlineData("RUN <<EOF\na\n  $b\nEOF\n", "EOF", true, "a\n  $b\n")]
    [InlineData("RUN cat <<-\"E F\" x\n\ta\n\t\tb\n\tE F\n", "E F", false, "a\nb\n")]
    [InlineData("RUN <<'X' cat\nX\n", "X", false, "")]
    public void Here_documents_are_read_from_the_lines_below(string text, string name, bool expand, string data)
    {
        Heredoc heredoc = Assert.Single(First<RunInstruction>(text + "USER x\n").Heredocs);
        Assert.Equal((name, expand, data), (heredoc.Name, heredoc.Expand, heredoc.Data));
    }

    [Fact]
    public void Several_here_documents_come_one_after_the_other()
    {
        CopyOperands operands = First<CopyInstruction>("COPY <<A <<B c /d/\n1\nA\n2\nB\nUSER x").Operands;
        Assert.Equal(["A", "B"], operands.Heredocs.Select(heredoc => heredoc.Name));
        Assert.Equal(["1\n", "2\n"], operands.Heredocs.Select(heredoc => heredoc.Data));
        Assert.Equal("c", Assert.Single(operands.Sources).Text);
        Assert.Equal("/d/", operands.Destination.Text);
    }

    [Fact]
    public void A_shift_in_arithmetic_is_no_here_document() => Assert.Empty(First<RunInstruction>("RUN echo $((1<<2)) <<<x\n").Heredocs);

    [Fact]
    public void Copy_has_flags_and_takes_names_with_blanks_in_JSON()
    {
        CopyInstruction copy = First<CopyInstruction>("COPY --from=0 --chown=a:b --chmod=0644 [\"a b\", \"c\", \"/d d/\"]");
        Assert.Equal(("0", "a:b", "0644"), (copy.From!.Value.Text, copy.Operands.Owner!.Value.Text, copy.Operands.Mode!.Value.Text));
        Assert.Equal(["a b", "c"], copy.Operands.Sources.Select(word => word.Text));
        Assert.Equal("/d d/", copy.Operands.Destination.Text);
    }

    [Theory]
    [InlineData("ENV a=1 b=\"2 3\" c=4\\ 5 d='x y'z", "a|1,b|\"2 3\",c|4\\ 5,d|'x y'z")]
    [InlineData("ENV a b  c=d ", "a|b  c=d")]
    [InlineData("ENV a=", "a|")]
    public void Variables_are_pairs_or_in_the_old_form(string text, string pairs) =>
        Assert.Equal(pairs, string.Join(',', First<EnvInstruction>(text).Variables.Select(pair => $"{pair.Key}|{pair.Value}")));

    [Fact]
    public void A_health_check_has_times_and_a_command()
    {
        HealthcheckInstruction health = First<HealthcheckInstruction>("HEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=2h --retries=3 CMD curl -f x");
        Assert.Equal(["CMD-SHELL", "curl -f x"], health.Check.Test);
        Assert.Equal((90_000_000_000, 1_500_000_000, 7_200_000_000_000, 3), (health.Check.Interval, health.Check.Timeout, health.Check.StartPeriod, health.Check.Retries));
        Assert.Equal(["CMD", "a"], First<HealthcheckInstruction>("HEALTHCHECK cmd [\"a\"]").Check.Test);
        Assert.Equal(["NONE"], First<HealthcheckInstruction>("HEALTHCHECK NONE").Check.Test);
    }

    [Theory]
    [InlineData("ONBUILD RUN a \\\n b", "RUN a  b")]
    [InlineData("onbuild  copy --chown=1 a /b", "copy --chown=1 a /b")]
    [InlineData("ONBUILD RUN <<E\nx\nE\n", "RUN <<E\nx\nE")]
    public void A_trigger_is_kept_as_text(string text, string trigger) => Assert.Equal(trigger, First<OnbuildInstruction>(text).Trigger.Text);

    [Fact]
    public void Volumes_ports_and_shells_are_lists()
    {
        Assert.Equal(["/a", "/b c"], First<VolumeInstruction>("VOLUME [\"/a\",\"/b c\"]").Paths.Select(path => path.Text));
        Assert.Equal(["/a", "/b"], First<VolumeInstruction>("VOLUME /a /b").Paths.Select(path => path.Text));
        Assert.Equal(["80", "90/udp"], First<ExposeInstruction>("EXPOSE 80 90/udp").Ports.Select(port => port.Text));
        Assert.Equal(["/bin/bash", "-c"], First<ShellInstruction>("SHELL [\"/bin/bash\", \"-c\"]").Shell);
    }

    private static Dockerfile Read(string text) => DockerfileReader.Read("Dockerfile", text);

    private static T First<T>(string text)
        where T : Instruction
        => Assert.IsType<T>(Read($"FROM x\n{text}").Stages[0].Instructions[0]);
}
