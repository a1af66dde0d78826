using MiniRun.Engine.Build.Arguments;
using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Build.Stages;

/// <summary>The first stage's instructions without files, one after the other.</summary>
public sealed class StageTests
{
    [Fact]
    public void Variables_see_those_before_them_and_not_those_beside_them()
    {
        StageState state = Build("FROM x\nENV abc=hello\nENV abc=bye def=$abc\nENV ghi=$abc");
        Assert.Equal(["abc=bye", "def=hello", "ghi=bye"], state.Config.Env);
        Assert.Equal("ENV abc=bye def=hello", state.History[1].CreatedBy);
    }

    [Fact]
    public void An_argument_is_hidden_by_a_variable_and_stays_out_of_the_image()
    {
        StageState state = Build("FROM x\nARG v=1\nENV a=$v\nENV v=2\nARG v=3\nENV b=$v", ("v", "9"));
        Assert.Equal(["a=9", "v=2", "b=2"], state.Config.Env);
    }

    [Fact]
    public void A_global_argument_is_seen_in_a_stage_that_declares_it()
    {
        StageState state = Build("ARG v=1\nARG w=$v.0\nFROM x\nLABEL a=\"$w\"\nARG w\nLABEL b=\"$w\"\nARG w=own\nLABEL c=$w");
        Assert.Equal([new("a", ""), new("b", "1.0"), new("c", "own")], state.Config.Labels);
    }

    [Fact]
    public void Platforms_are_arguments_that_have_to_be_declared()
    {
        StageState state = Build("FROM x\nLABEL a=x$TARGETARCH\nARG TARGETARCH\nLABEL b=$TARGETARCH");
        Assert.Equal([new("a", "x"), new("b", "arm64")], state.Config.Labels);
    }

    [Fact]
    public void Proxies_need_no_declaration_and_are_not_in_the_history()
    {
        StageState state = Build("FROM x\nLABEL a=$http_proxy\nARG http_proxy\nARG n", ("http_proxy", "http://u:p@h"), ("unused", "1"));
        Assert.Equal("http://u:p@h", state.Config.Labels[0].Value);
        Assert.Equal(["ARG http_proxy", "ARG n"], state.History.Skip(1).Select(entry => entry.CreatedBy));
    }

    [Fact]
    public void Given_arguments_that_nothing_asks_for_are_known()
    {
        var given = new GivenArguments(new Dictionary<string, string> { ["a"] = "1", ["typo"] = "2", ["HTTPS_PROXY"] = "3" });
        Run("FROM x\nARG a", given);
        Assert.Equal(["typo"], given.Unused());
    }

    [Fact]
    public void The_entrypoint_resets_an_inherited_command_only()
    {
        var image = new ImageConfig { Cmd = ["old"] };
        Assert.Empty(Build("FROM x\nENTRYPOINT [\"e\"]", image).Config.Cmd);
        Assert.Equal(["new"], Build("FROM x\nCMD [\"new\"]\nENTRYPOINT [\"e\"]", image).Config.Cmd);
        Assert.Equal(["old"], Build("FROM x\nUSER 1", image).Config.Cmd);
    }

    [Fact]
    public void Shell_forms_are_read_by_the_stages_shell()
    {
        Assert.Equal(["/bin/sh", "-c", "echo  $x"], Build("FROM x\nCMD echo  $x").Config.Cmd);
        StageState state = Build("FROM x\nSHELL [\"/bin/bash\",\"-c\"]\nENTRYPOINT a \"b\"");
        Assert.Equal(["/bin/bash", "-c", "a \"b\""], state.Config.Entrypoint);
        Assert.Equal("ENTRYPOINT [\"/bin/bash\" \"-c\" \"a \\\"b\\\"\"]", state.History[^1].CreatedBy);
    }

    [Fact]
    public void Ports_volumes_signals_users_and_authors_are_kept()
    {
        StageState state = Build("FROM x\nARG p=90\nEXPOSE 80 $p-92/UDP 80/tcp\nVOLUME /a \"/b\"\nSTOPSIGNAL SIGUSR1\nUSER 1000:users\nMAINTAINER me\nONBUILD RUN a");
        Assert.Equal(["80/tcp", "90/udp", "91/udp", "92/udp"], state.Config.ExposedPorts);
        Assert.Equal(["/a", "/b"], state.Config.Volumes);
        Assert.Equal(("SIGUSR1", "1000:users", "me"), (state.Config.StopSignal, state.Config.User, state.Author));
        Assert.Equal(["RUN a"], state.Config.OnBuild);
        Assert.All(state.History, entry => Assert.True(entry.EmptyLayer));
    }

    [Theory]
    [InlineData("USER 4294967296", "4294967296 is no user or group id")]
    [InlineData("USER 99999999999", "99999999999 is no user or group id")]
    [InlineData("USER 1:4294967295", "4294967295 is no user or group id")]
    [InlineData("USER $none", "USER requires a user")]
    [InlineData("EXPOSE 70000", "invalid containerPort: 70000")]
    [InlineData("EXPOSE 80/foo", "invalid containerPort: 80/foo")]
    [InlineData("EXPOSE 90-80", "invalid containerPort: 90-80")]
    [InlineData("STOPSIGNAL SIGFOO", "invalid signal: SIGFOO")]
    [InlineData("VOLUME [\"$none\"]", "VOLUME specified can not be an empty string")]
    public void A_value_that_cannot_be_is_an_error_at_its_line(string instruction, string message)
    {
        DockerfileException error = Assert.Throws<DockerfileException>(() => Build($"FROM x\n{instruction}"));
        Assert.StartsWith("Dockerfile:2: ", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Keys_follow_from_everything_before()
    {
        StepKey key = StepKey.OfBase("x").After("a", "b");
        Assert.Equal(key, StepKey.OfBase("x").After("a", "b"));
        Assert.NotEqual(key, StepKey.OfBase("x").After("ab", ""));
        Assert.NotEqual(key, StepKey.OfBase("y").After("a", "b"));
    }

    [Fact]
    public void Variables_that_differ_only_in_where_one_ends_have_keys_of_their_own()
    {
        StageState one = Build("FROM x\nENV a=\"1 b=2\"");
        StageState two = Build("FROM x\nENV a=1 b=2");
        Assert.Equal(one.History[^1].CreatedBy, two.History[^1].CreatedBy);
        Assert.NotEqual(one.Key, two.Key);
    }

    [Theory]
    [InlineData("FROM x\nENV a=1234567890123456\n", "ENV a=$a$a\n", 17, "is longer than 1048576 characters")]
    [InlineData("FROM x\nARG v\n", "ENV a=$v\n", 9, "configuration, with its variables, labels and history, would be larger than 4194304")]
    [InlineData("FROM x\nARG v\n", "ARG w=$v\n", 9, "configuration, with its variables, labels and history, would be larger than 4194304")]
    [InlineData("ARG v\n", "ARG w=$v$v\n", 9, "arguments before the first FROM are longer than 4194304")]
    [InlineData("", "FROM x\n", 1001, "more than 1000 stages")]
    public void A_Dockerfile_that_grows_without_end_is_an_error(string first, string again, int times, string message)
    {
        string text = $"{first}{string.Concat(Enumerable.Repeat(again, times))}FROM x\n";
        Assert.Contains(message, Assert.ThrowsAny<MiniRunException>(() => Build(text, ("v", new string('x', 500_000)))).Message);
    }

    private static StageState Build(string text, params (string Name, string Value)[] given) =>
        Run(text, new GivenArguments(given.ToDictionary(pair => pair.Name, pair => pair.Value)));

    private static StageState Build(string text, ImageConfig image) => Run(text, new GivenArguments(new Dictionary<string, string>()), image);

    private static StageState Run(string text, GivenArguments given, ImageConfig? image = null)
    {
        Dockerfile file = DockerfileReader.Read("Dockerfile", text);
        var expander = new Expander(file.Source, file.Directives.Escape);
        var globals = new GlobalScope(file, expander, given, new Platform("linux", "amd64"), new Platform("linux", "arm64"));
        var steps = new ConfigSteps(file.Source, new StageScope(globals, expander));
        var state = new StageState { Platform = Platform.Host, Config = image ?? new ImageConfig(), Key = StepKey.OfBase("x") };
        foreach (Instruction instruction in file.Stages[0].Instructions)
        {
            state = state.With(steps.Apply(instruction, state)!);
        }

        return state;
    }
}
