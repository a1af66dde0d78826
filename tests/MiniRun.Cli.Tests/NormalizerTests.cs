using System.CommandLine;
using MiniRun.Cli.CommandLine;

namespace MiniRun.Cli.Tests;

public sealed class NormalizerTests
{
    private static string[] Normalize(params string[] words) => Normalize(anywhere: false, words);

    private static string[] Normalize(bool anywhere, params string[] words)
    {
        var command = new DockerCommand("run", "", "") { OptionsAnywhere = anywhere };
        command.Add(new OptionGroup(
            "Options",
            [
                OptionDeclaration.Switch("--interactive", "", "-i"),
                OptionDeclaration.Switch("--tty", "", "-t"),
                OptionDeclaration.Switch("--rm", ""),
                OptionDeclaration.Value("--memory", "SIZE", "", "-m"),
                OptionDeclaration.Value("--user", "USER", "", "-u"),
                OptionDeclaration.Values("--env", "NAME", "", "-e"),
            ]));
        return [.. ArgumentNormalizer.Normalize(command, words)];
    }

    [Fact]
    public void What_follows_the_image_is_the_programs() =>
        Assert.Equal(["--rm=true", "--", "busybox", "ls", "-i", "--rm", "--", "-x"], Normalize("--rm", "busybox", "ls", "-i", "--rm", "--", "-x"));

    [Fact]
    public void Switches_can_be_bundled_with_a_valued_option_at_the_end()
    {
        Assert.Equal(["--interactive=true", "--tty=true", "--", "img"], Normalize("-it", "img"));
        Assert.Equal(["--interactive=true", "--tty=true", "--memory=512m", "--", "img"], Normalize("-itm512m", "img"));
        Assert.Equal(["--interactive=true", "--user=root", "--", "img"], Normalize("-iu", "root", "img"));
    }

    [Theory]
    [InlineData("-m", "64m")]
    [InlineData("-m64m", null)]
    [InlineData("-m=64m", null)]
    [InlineData("--memory", "64m")]
    [InlineData("--memory=64m", null)]
    public void A_value_is_joined_or_the_next_word(string first, string? second) =>
        Assert.Equal(["--memory=64m", "--", "img"], Normalize(second is null ? [first, "img"] : [first, second, "img"]));

    [Fact]
    public void A_switch_never_takes_the_next_word() => Assert.Equal(["--rm=true", "--", "true"], Normalize("--rm", "true"));

    [Theory]
    [InlineData("--rm=true", "--rm=true")]
    [InlineData("--rm=1", "--rm=true")]
    [InlineData("--rm=false", "--rm=false")]
    [InlineData("-i=false", "--interactive=false")]
    public void A_switch_may_have_its_value_joined(string word, string normal) => Assert.Equal([normal, "--", "img"], Normalize(word, "img"));

    [Fact]
    public void The_last_of_a_single_valued_option_counts_and_repeatable_ones_all_stay() =>
        Assert.Equal(["--env=A=1", "--env=B=2", "--memory=2g", "--", "img"], Normalize("-m", "1g", "-e", "A=1", "-e", "B=2", "-m", "2g", "img"));

    [Fact]
    public void A_value_may_look_like_an_option_or_be_empty() =>
        Assert.Equal(["--user=--rm", "--memory=-1", "--env", "", "--", "img"], Normalize("-u", "--rm", "--memory", "-1", "--env", "", "img"));

    [Fact]
    public void A_lone_hyphen_is_an_argument_and_two_end_the_options()
    {
        Assert.Equal(["--", "-"], Normalize("-"));
        Assert.Equal(["--rm=true", "--", "--rm"], Normalize("--rm", "--", "--rm"));
    }

    [Fact]
    public void Other_commands_take_options_anywhere() =>
        Assert.Equal(["--rm=true", "--interactive=true", "--", "a", "b"], Normalize(anywhere: true, "a", "--rm", "b", "-i"));

    [Theory]
    [InlineData("--nope", "unknown flag: --nope")]
    [InlineData("--nope=1", "unknown flag: --nope")]
    [InlineData("-x", "unknown shorthand flag: 'x' in -x")]
    [InlineData("-itx", "unknown shorthand flag: 'x' in -itx")]
    [InlineData("--memory", "flag needs an argument: --memory")]
    [InlineData("-m", "flag needs an argument: 'm' in -m")]
    [InlineData("--rm=maybe", "invalid argument \"maybe\" for --rm")]
    public void A_wrong_flag_is_told_as_docker_tells_it(string word, string part) =>
        Assert.StartsWith(part, Assert.Throws<UsageException>(() => Normalize(word)).Message);

    [Fact]
    public void Help_is_wrapped_and_leaves_out_what_is_hidden()
    {
        var command = new DockerCommand("x", "Does x.", "[OPTIONS]") { Examples = ["minirun x"] };
        Option<bool> hidden = OptionDeclaration.Switch("--hidden", "");
        hidden.Hidden = true;
        command.Add(new OptionGroup("Options", [OptionDeclaration.Value("--long", "VALUE", string.Join(' ', Enumerable.Repeat("word", 60)), "-l"), hidden]));
        string help = HelpText.Of(command);
        Assert.StartsWith("Usage: minirun x [OPTIONS]\n\nDoes x.\n\nOptions:\n  -l, --long VALUE  word", help);
        Assert.DoesNotContain("--hidden", help);
        Assert.All(help.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.EndsWith("Examples:\n  minirun x\n", help);
    }
}
