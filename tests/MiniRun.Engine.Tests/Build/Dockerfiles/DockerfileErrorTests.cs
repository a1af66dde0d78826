using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Tests.Build.Dockerfiles;

public sealed class DockerfileErrorTests
{
    [Theory]
    [InlineData("", 1, "no instructions")]
    [InlineData("ARG a", 1, "there is no FROM")]
    [InlineData("USER 1\nFROM x", 1, "USER stands before the first FROM")]
    [InlineData("FROM x\nRNU a", 2, "unknown instruction: RNU (did you mean RUN?)")]
    [InlineData("FROM x\nQQQQQQ", 2, "unknown instruction: QQQQQQ")]
    [InlineData("FROM a b", 1, "FROM requires either one or three arguments")]
    [InlineData("FROM a AS 1x", 1, "invalid name for build stage: \"1x\"")]
    [InlineData("FROM --what a", 1, "unknown flag: --what")]
    [InlineData("FROM x\nRUN", 2, "RUN requires at least one argument")]
    [InlineData("FROM x\nRUN --mount=type=cache,target=/x a", 2, "RUN --mount is not supported")]
    [InlineData("FROM x\nRUN --security=insecure a", 2, "RUN --security is not supported")]
    [InlineData("FROM x\nRUN --network=mine a", 2, "RUN --network=mine is not supported")]
    [InlineData("FROM x\nRUN <<E\na\n", 2, "unterminated heredoc")]
    [InlineData("FROM x\nCOPY <<a/b /c/\na/b\n", 2, "COPY <<a/b: the name of a here-document is that of the file")]
    [InlineData("FROM x\nADD <<.. /c/\n..\n", 2, "ADD <<..: the name of a here-document is that of the file")]
    [InlineData("FROM x\nONBUILD COPY <<\"/etc/b\" /c/\n/etc/b\n", 2, "COPY <</etc/b: the name of a here-document is that of the file")]
    [InlineData("FROM x\nCOPY a", 2, "only one was provided")]
    [InlineData("FROM x\nCOPY --link a b", 2, "COPY --link is not supported")]
    [InlineData("FROM x\nCOPY --parents a b", 2, "COPY --parents is not supported")]
    [InlineData("FROM x\nCOPY --exclude=*.c a b", 2, "COPY --exclude is not supported")]
    [InlineData("FROM x\nCOPY --chown= a b", 2, "missing a value on flag --chown")]
    [InlineData("FROM x\nCOPY --chown=1 --chown=2 a b", 2, "duplicate flag --chown")]
    [InlineData("FROM x\nADD --checksum=sha256:1 http://x/a b", 2, "ADD --checksum is not supported")]
    [InlineData("FROM x\nADD https://host/a.git#v1 b", 2, "git repository is not supported")]
    [InlineData("FROM x\nENV a", 2, "must have two arguments")]
    [InlineData("FROM x\nENV a=1 b", 2, "can't find = in \"b\"")]
    [InlineData("FROM x\nENV =1", 2, "ENV names can not be blank")]
    [InlineData("FROM x\nSHELL bash", 2, "SHELL requires the arguments to be in JSON form")]
    [InlineData("FROM x\nCMD [1]", 2, "arrays must be comprised of strings only")]
    [InlineData("FROM x\nHEALTHCHECK --interval=1 CMD a", 2, "not a duration")]
    [InlineData("FROM x\nHEALTHCHECK --interval=1us CMD a", 2, "cannot be less than 1ms")]
    [InlineData("FROM x\nHEALTHCHECK FOO", 2, "Unknown type \"FOO\" in HEALTHCHECK")]
    [InlineData("FROM x\nONBUILD ONBUILD RUN a", 2, "Chaining ONBUILD")]
    [InlineData("FROM x\nONBUILD FROM a", 2, "FROM isn't allowed as an ONBUILD trigger")]
    [InlineData("FROM x\nONBUILD RUN --mount=type=ssh a", 2, "RUN --mount is not supported")]
    [InlineData("FROM x\nWORKDIR", 2, "WORKDIR requires exactly one argument")]
    [InlineData("FROM x\nVOLUME [\" \"]", 2, "VOLUME specified can not be an empty string")]
    [InlineData("# escape=x\nFROM x", 1, "invalid ESCAPE 'x'")]
    [InlineData("# escape=`\n# escape=`\nFROM x", 2, "only one escape parser directive")]
    public void A_mistake_is_told_with_file_and_line(string text, int line, string message)
    {
        DockerfileException error = Assert.Throws<DockerfileException>(() => DockerfileReader.Read("sub/Dockerfile", text));
        Assert.StartsWith($"sub/Dockerfile:{line}: ", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Theory]
    [InlineData("FROM x\nENV a=1 \\\n  b", "  b\n  ^")]
    [InlineData("FROM x\nCOPY --link a b", "COPY --link a b\n     ^^^^^^")]
    [InlineData("FROM x\n\tRNU a\u001b[31m", " RNU a\\x1b[31m\n ^^^")]
    public void The_caret_stands_under_the_word(string text, string excerpt) =>
        Assert.Equal(excerpt, Assert.Throws<DockerfileException>(() => DockerfileReader.Read("Dockerfile", text)).Excerpt);

    [Fact]
    public void A_long_line_is_shown_around_the_word()
    {
        string line = $"ENV {string.Concat(Enumerable.Repeat("a=1 ", 200))}b";
        string[] excerpt = Assert.Throws<DockerfileException>(() => DockerfileReader.Read("Dockerfile", "FROM x\n" + line)).Excerpt.Split('\n');
        Assert.InRange(excerpt[0].Length, 1, 100);
        Assert.Equal('b', excerpt[0][excerpt[1].IndexOf('^')]);
    }

    [Fact]
    public void Random_texts_are_read_or_refused_with_their_line()
    {
        var random = new Random(4);
        string[] pieces = ["FROM", "RUN", "COPY", "ENV", " ", "\n", "\\\n", "#", "<<E", "E", "\"", "'", "[", "]", "--a=", "$", "${a:-", "}", "=", "\t", "\r\n", "ONBUILD ", "é", "\0"];
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                DockerfileReader.Read("D", text);
            }
            catch (DockerfileException error)
            {
                Assert.Matches("^D:[0-9]+: ", error.Message);
            }
        }
    }
}
