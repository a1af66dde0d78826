using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Manual;

namespace MiniRun.Cli.Tests.Manual;

public sealed class ManPageTests
{
    private static readonly string[] s_macros = [".TH", ".SH", ".TP", ".B", ".BR", ".nf", ".fi"];

    public static TheoryData<string> Commands => new(CommandTable.Entries().Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_a_page_with_all_its_options(string name)
    {
        DockerCommand command = CommandTable.Find(name.Split(' '), out _)!.Command;
        string page = ManPage.Of(command);
        Assert.StartsWith($".TH \"MINIRUN-{name.Replace(' ', '-').ToUpperInvariant()}\" 1", page);
        Assert.All(command.Options.Where(option => !option.Hidden), option => Assert.Contains($"\\fB{option.Name.Replace("-", "\\-", StringComparison.Ordinal)}\\fR", page));
        Assert.All(page.Split('\n').Where(line => line.StartsWith('.')), line => Assert.Contains(line.Split(' ')[0], s_macros));
        Assert.DoesNotContain(page.Split('\n'), line => line.StartsWith('\''));
    }

    [Fact]
    public void The_programs_page_names_all_commands()
    {
        string page = ManPage.OfProgram(CommandTable.Entries());
        Assert.All(CommandTable.Entries(), entry => Assert.Contains($".BR minirun\\-{entry.Name.Replace(" ", "\\-", StringComparison.Ordinal)} (1)", page));
    }
}
