using System.Text;
using System.Text.Json;
using MiniRun.Cli.Output.Templates;

namespace MiniRun.Cli.Tests.Templates;

/// <summary>Whatever a template is, it prints or is refused in one line: no other failure, no endless run, no exhausted stack or memory.</summary>
public sealed class TemplateLimitTests
{
    private static readonly string[] s_pieces =
    [
        "{{", "}}", "{{-", "-}}", " ", "\n", ".", ".Name", ".Status", ".l", ".nope", "$", "$x", ":=", "=", ",", "|", "(", ")", "if", "else", "end", "range", "with", "define",
        "block", "template", "break", "continue", "nil", "true", "5", "-1", "1.5", "0x", "'a'", "\"s\"", "`r`", "\"", "'", "`", "/*", "*/", "and", "or", "not", "eq", "lt", "index",
        "slice", "len", "print", "println", "printf", "\"%5d %q %v\"", "html", "js", "urlquery", "json", "join", "split", "lower", "title", "pad", "truncate", "text", "é", "\ud800", "\0", "#", "{", "}",
    ];

    [Fact]
    public void Any_text_prints_or_is_refused()
    {
        var random = new Random(20260102);
        using JsonDocument document = JsonDocument.Parse(DockerAnswerTests.Document);
        int printed = 0;
        for (int i = 0; i < 10_000; i++)
        {
            printed += Try(Soup(random), document.RootElement) ? 1 : 0;
        }

        Assert.InRange(printed, 100, 9_900);
    }

    [Fact]
    public void Any_damaged_template_prints_or_is_refused()
    {
        var random = new Random(7);
        using JsonDocument document = JsonDocument.Parse(DockerAnswerTests.Document);
        foreach (object[] row in DockerAnswerTests.Answers)
        {
            string template = (string)row[0];
            for (int i = 0; i < 100; i++)
            {
                Try(Damaged(template, random), document.RootElement);
            }
        }
    }

    [Theory]
    [InlineData("{{", "(", "1", ")", "}}")]
    [InlineData("", "{{if 1}}", "1", "{{end}}", "")]
    [InlineData("", "{{range 1}}", "1", "{{end}}", "")]
    [InlineData("{{if 0}}", "{{else if 0}}", "{{else}}1", "", "{{end}}")]
    public void Deep_nesting_is_refused(string before, string open, string inner, string close, string behind)
    {
        Assert.Equal("1", Print(Nested(90)));
        Assert.Contains("within one another", Refusal(Nested(3000)), StringComparison.Ordinal);

        string Nested(int depth) => $"{before}{string.Concat(Enumerable.Repeat(open, depth))}{inner}{string.Concat(Enumerable.Repeat(close, depth))}{behind}";
    }

    [Theory]
    [InlineData("""{{define "r"}}{{template "r"}}{{end}}{{template "r"}}""", "within one another")]
    [InlineData("{{range 1000000000000}}{{end}}", "steps")]
    [InlineData("{{range 100000}}{{range 100000}}{{end}}{{end}}", "steps")]
    [InlineData("""{{range 100000}}{{printf "%200d" .}}{{end}}""", "characters")]
    [InlineData("""{{$x := "aaaaaaaaaa"}}{{range 100}}{{$x = print $x $x}}{{end}}""", "characters")]
    [InlineData("""{{pad "x" 2000000000 2000000000}}""", "characters")]
    [InlineData("""{{range 100}}{{printf "%1000000d" 1}}{{end}}""", "characters")]
    public void A_template_without_measure_is_refused(string template, string part) => Assert.Contains(part, Refusal(template), StringComparison.Ordinal);

    [Fact]
    public void A_template_longer_than_64_KiB_is_refused()
    {
        Assert.Equal(65536, Print(new string('x', 65536)).Length);
        Assert.Contains("65537 characters", Refusal(new string('x', 65537)), StringComparison.Ordinal);
    }

    private static bool Try(string template, JsonElement document)
    {
        try
        {
            Template.Parse(template).Print(document);
            return true;
        }
        catch (TemplateException refusal)
        {
            Assert.StartsWith("template parsing error: template: :", refusal.Message, StringComparison.Ordinal);
            return false;
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{JsonSerializer.Serialize(template)}: {failure.Message}", failure);
        }
    }

    private static string Soup(Random random)
    {
        StringBuilder text = new();
        int length = random.Next(1, 20);
        for (int i = 0; i < length; i++)
        {
            // Most pieces stand in an action, apart from one another, so that many templates are right.
            string piece = s_pieces[random.Next(s_pieces.Length)];
            text.Append(random.Next(4) == 0 ? $"{{{{{piece}}}}}" : random.Next(3) == 0 ? $"{piece} " : piece);
        }

        return text.ToString();
    }

    private static string Damaged(string template, Random random)
    {
        StringBuilder text = new(template);
        for (int i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            int at = random.Next(text.Length);
            int length = random.Next(Math.Min(8, text.Length - at) + 1);
            _ = random.Next(3) == 0 ? text.Insert(at, s_pieces[random.Next(s_pieces.Length)]) : text.Remove(at, length);
        }

        return text.ToString();
    }

    private static string Refusal(string template) => Assert.Throws<TemplateException>(() => Print(template)).Message;

    private static string Print(string template)
    {
        using JsonDocument document = JsonDocument.Parse(DockerAnswerTests.Document);
        return Template.Parse(template).Print(document.RootElement);
    }
}
