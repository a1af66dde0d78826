using System.Text.Json;
using MiniRun.Cli.Output.Templates;

namespace MiniRun.Cli.Tests.Templates;

/// <summary>Templates and what docker 28.2 answered to them, asked by `docker volume inspect --format` for <see cref="Document"/>.</summary>
public sealed class DockerAnswerTests
{
    internal const string Document =
        """
        {
          "Name": "v", "Labels": {"b": "2", "a": "1"}, "Options": null,
          "Status": {
            "s": "hello", "n": 5, "f": 2.5, "t": true, "nul": null, "l": ["x", "y", "z"], "li": [1, 2, 3], "m": {"k2": "v2", "k": "v"}, "e": [], "em": {},
            "empty": "", "html": "<a href=\"x\">'&'</a>", "u": "héllo €", "o": {"p": {"q": "deep"}}
          }
        }
        """;

    public static TheoryData<string, string> Answers => new()
    {
        { "plain", "plain" },
        { "{{.Status.s}} {{.Status.nope}} {{.Status.nul}} {{.Status.t}} {{.Status.f}}", "hello <no value> <no value> true 2.5" },
        { "{{.Status.l}} {{.Status.m}} {{.Status.e}} {{.Status.em}} {{.Status.o}}", "[x y z] map[k:v k2:v2] [] map[] map[p:map[q:deep]]" },
        { "{{.Labels}} {{.Labels.a}} {{.Labels.zz}} {{.Options}}", "map[a:1 b:2] 1 <no value> map[]" },
        { "{{with .Status}}{{.s}} {{$.Name}}{{end}}", "hello v" },
        { "{{with .Status.empty}}yes{{else}}no{{end}}", "no" },
        { "{{with .Status.empty}}a{{else with .Status.s}}{{.}}{{else}}c{{end}}", "hello" },
        { "{{if .Status.e}}a{{else if .Status.t}}b{{else}}c{{end}}", "b" },
        { """{{if and .Status.s .Status.t}}both{{end}} {{or .Status.empty "dflt"}} {{and 1 0 2}} {{not .Status.em}}""", "both dflt 0 true" },
        { "{{range .Status.l}}<{{.}}>{{end}}", "<x><y><z>" },
        { "{{range $i, $e := .Status.l}}{{if $i}}, {{end}}{{$i}}={{$e}}{{end}}", "0=x, 1=y, 2=z" },
        { "{{range $k, $v := .Status.m}}{{$k}}:{{$v}};{{end}}", "k:v;k2:v2;" },
        { "{{range .Status.e}}x{{else}}none{{end}}", "none" },
        { """{{range .Status.l}}{{if eq . "y"}}{{continue}}{{end}}{{.}}{{end}}""", "xz" },
        { """{{range .Status.l}}{{if eq . "y"}}{{break}}{{end}}{{.}}{{end}}""", "x" },
        { "{{range 3}}{{.}}{{end}}", "012" },
        { """{{$x := "a"}}{{range .Status.l}}{{$x = .}}{{end}}{{$x}}""", "z" },
        { """{{$x := "a"}}{{if true}}{{$x := "b"}}{{$x}}{{end}}{{$x}}""", "ba" },
        { "a {{- 1 -}} b", "a1b" },
        { "a  {{- /* c */ -}}  b", "ab" },
        { "{{/* c */}}x", "x" },
        { """{{"q\t\"\u00e9"}}|{{`raw\t`}}|{{'a'}}|{{0x1F}}|{{1.5}}|{{true}}|{{-3}}|{{1_000}}|{{0b101}}|{{0o17}}|{{017}}""", "q\t\"é|raw\\t|97|31|1.5|true|-3|1000|5|15|15" },
        { "{{1e3}} {{1000000.0}} {{1e20}} {{1e21}} {{1e-5}} {{0.0001}} {{123456789.125}}", "1000 1e+06 1e+20 1e+21 1e-05 0.0001 1.23456789125e+08" },
        { """{{printf "%v|%s|%q|%x|%X|% x|%t" "a" "b" "c" "hi" "hi" "hi" true}}""", """a|b|"c"|6869|6869|68 69|true""" },
        { """{{printf "%d|%5d|%-5d|%05d|%+d|%x|%X|%#x|%b|%o|%c|%U" 42 42 42 42 42 42 42 42 5 8 65 65}}""", "42|   42|42   |00042|+42|2a|2A|0x2a|101|10|A|U+0041" },
        { """{{printf "%10s|%-10s|%.2s|%5.1s|%05d" "abc" "abc" "abc" "abc" -42}}""", "       abc|abc       |ab|    a|-0042" },
        { """{{printf "%f|%.2f|%8.3f|%05.2f|%e|%g|%v|%G" 1.5 1.5 1.5 1.5 12345.678 12345.678 1e6 1e-7}}""", "1.500000|1.50|   1.500|01.50|1.234568e+04|12345.678|1e+06|1E-07" },
        { """{{printf "%g|%.3g|%.10g|%v|%v" 1000000.0 1234.5 1234.5 0.00001234 123456789.0}}""", "1e+06|1.23e+03|1234.5|1.234e-05|1.23456789e+08" },
        { """{{printf "%d %s %t" "x" 5 "y"}}""", "%!d(string=x) %!s(int=5) %!t(string=y)" },
        { """{{printf "%d"}} {{printf "a" 1 "b"}} {{printf "%"}} {{printf "%z" 1}} {{printf "100%%"}}""", "%!d(MISSING) a%!(EXTRA int=1, string=b) %!(NOVERB) %!z(int=1) 100%" },
        { """{{printf "%*d|%-*d|" 5 1 5 1}}""", "    1|1    |" },
        { """{{printf "%v %d %q %s" .Status.l .Status.e .Status.l .Status.m}}""", """[x y z] [] ["x" "y" "z"] map[k:v k2:v2]""" },
        { """{{printf "%v %s %d" nil nil nil}}""", "<nil> %!s(<nil>) %!d(<nil>)" },
        { """{{printf "%T %T %T %T" "s" 1 1.5 true}}""", "string int float64 bool" },
        { """{{printf "%q %q %+q" "a\nb" 65 "x"}}""", "\"a\\nb\" 'A' \"x\"" },
        { """{{print "a" "b" 1 2 "c" 3}}|{{print 1 2}}|{{print}}|{{println "a" 1}}|{{print nil}}""", "ab1 2c3|1 2||a 1\n|<nil>" },
        { "{{len .Status.l}} {{len .Status.s}} {{len .Status.u}} {{len .Status.m}}", "3 5 10 2" },
        { """{{index .Status.l 1}} {{index .Status.m "k2"}} {{index .Status "o" "p" "q"}} {{index .Labels "no"}} {{index "abc" 1}}""", "y v2 deep  98" },
        { """{{slice .Status.l 1}} {{slice .Status.l 0 2}} {{slice "hello" 1 3}} {{slice "hello"}}""", "[y z] [x y] el hello" },
        { """{{eq 1 1}} {{eq "a" "b" "a"}} {{ne 1 2}} {{lt 1 2}} {{le 2 2}} {{gt "b" "a"}} {{ge 1.5 2.5}} {{eq nil nil}} {{eq true false}}""", "true true true true true true false true false" },
        { """{{html .Status.html}} {{js .Status.html}} {{urlquery .Status.html}} {{urlquery "a b&c=é"}}""", """&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;&lt;/a&gt; \u003Ca href\u003D\"x\"\u003E\'\u0026\'\u003C/a\u003E %3Ca+href%3D%22x%22%3E%27%26%27%3C%2Fa%3E a+b%26c%3D%C3%A9""" },
        { "{{json .Status.l}} {{json .Status.m}} {{json .Status.s}} {{json .Status.nul}} {{json .Status.html}} {{json .Status.u}}", "[\"x\",\"y\",\"z\"] {\"k\":\"v\",\"k2\":\"v2\"} \"hello\" null \"<a href=\\\"x\\\">'&'</a>\" \"héllo €\"" },
        { """{{split "a,b,c" ","}} {{join (split "a,b,c" ",") "-"}} {{range split "a b" " "}}[{{.}}]{{end}} {{split "ab" ""}}""", "[a b c] a-b-c [a][b] [a b]" },
        { """{{lower "AbC"}} {{upper "AbC"}} {{title "hello wORLD foo-bar it's"}} {{pad "x" 2 3}}| {{pad "" 2 3}}| {{truncate "hello" 2}} {{truncate "hi" 5}}""", "abc ABC Hello WORLD Foo-Bar It'S   x   | | he hi" },
        { """{{"x" | printf "%s-%s" "y" | upper}}""", "Y-X" },
        { "{{(index .Status.l 0) | upper}} {{(.Status.o).p.q}} {{($.Status.m).k}}", "X deep v" },
        { """{{define "t"}}<{{.}}>{{end}}{{template "t" .Status.s}}{{template "t"}}""", "<hello><<no value>>" },
        { """{{block "b" .Status.s}}[{{.}}]{{end}}""", "[hello]" },
        { "{{with $x := .Status.s}}{{$x}}{{end}}{{if $y := 1}}{{$y}}{{end}}", "hello1" },
        { """{{ .Name }}{{"\n"}}{{print `a` "b"}}""", "v\nab" },
        { "{{range $e := .Status.l}}{{$e}}{{end}}", "xyz" },
        { """{{len "é"}}{{print .Status.nope}}{{print .Status.nul}}""", "2<nil><nil>" },
        { "{{.Status.nope.deeper}}", "<no value>" },
        { "{{if (gt (len .Status.l) 2)}}many{{end}}", "many" },
        { """{{index .Status.l 0 | printf "%s!"}}""", "x!" },
        { """{{range $i := .Status.l}}{{$i}}{{else}}e{{end}}{{- "" }}""", "xyz" },
        { """{{.Status.t | not}}{{eq .Status.s "hello"}}{{and true}}{{or false}}""", "falsetruetruefalse" },
    };

    public static TheoryData<string, string> Refusals => new()
    {
        { "{{", "template parsing error: template: :1: unclosed action" },
        { "{{.Name", "template parsing error: template: :1: unclosed action" },
        { "{{.Name}", "template parsing error: template: :1: bad character U+007D '}'" },
        { "{{}}", "template parsing error: template: :1: missing value for command" },
        { "{{nope}}", """template parsing error: template: :1: function "nope" not defined""" },
        { "{{if}}x{{end}}", "template parsing error: template: :1: missing value for if" },
        { "{{if .Name}}", "template parsing error: template: :1: unexpected EOF" },
        { "{{end}}", "template parsing error: template: :1: unexpected {{end}}" },
        { "{{else}}", "template parsing error: template: :1: unexpected {{else}}" },
        { "{{if .Name}}{{else}}{{else}}{{end}}", "template parsing error: template: :1: expected end; found {{else}}" },
        { """{{"abc}}""", "template parsing error: template: :1: unterminated quoted string" },
        { "{{`abc}}", "template parsing error: template: :1: unterminated raw quoted string" },
        { "{{'ab'}}", "template parsing error: template: :1: malformed character constant: 'ab'" },
        { "{{$x}}", "template parsing error: template: :1: undefined variable \"$x\"" },
        { "{{(.Name}}", "template parsing error: template: :1: unclosed left paren" },
        { "{{.Name)}}", "template parsing error: template: :1: unexpected right paren" },
        { "{{.Name.}}", "template parsing error: template: :1: unexpected <.> in operand" },
        { "{{.Name!}}", "template parsing error: template: :1: bad character U+0021 '!'" },
        { "{{1x}}", "template parsing error: template: :1: bad number syntax: \"1x\"" },
        { "{{/* c }}", "template parsing error: template: :1: unclosed comment" },
        { "{{/* c */ x}}", "template parsing error: template: :1: comment ends before closing delimiter" },
        { "{{range $a, $b, $c := .Status}}{{end}}", "template parsing error: template: :1: too many declarations in range" },
        { "{{break}}", "template parsing error: template: :1: {{break}} outside {{range}}" },
        { "{{template}}", """template parsing error: template: :1: unexpected "}}" in template clause""" },
        { """{{"x" | 5}}""", "template parsing error: template: :1: non executable command in pipeline stage 2" },
        { "{{nil}}", """template parsing error: template: :1:2: executing "" at <nil>: nil is not a command""" },
        { "{{5 6}}", """template parsing error: template: :1:2: executing "" at <5>: can't give argument to non-function 5""" },
        { "{{index}}", """template parsing error: template: :1:2: executing "" at <index>: wrong number of args for index: want at least 1 got 0""" },
        { "{{index 1 2}}", """template parsing error: template: :1:2: executing "" at <index 1 2>: error calling index: can't index item of type int""" },
        { """{{index .Status.l "x"}}""", """template parsing error: template: :1:2: executing "" at <index .Status.l "x">: error calling index: cannot index slice/array with type string""" },
        { "{{index .Status.l 5}}", """template parsing error: template: :1:2: executing "" at <index .Status.l 5>: error calling index: index out of range: 5""" },
        { "{{index .Status.m 5}}", """template parsing error: template: :1:2: executing "" at <index .Status.m 5>: error calling index: value has type int; should be string""" },
        { "{{len 5}}", """template parsing error: template: :1:2: executing "" at <len 5>: error calling len: len of type int""" },
        { """{{eq 1 "a"}}""", """template parsing error: template: :1:2: executing "" at <eq 1 "a">: error calling eq: incompatible types for comparison""" },
        { """{{lt 1 "a"}}""", """template parsing error: template: :1:2: executing "" at <lt 1 "a">: error calling lt: incompatible types for comparison""" },
        { "{{lt true false}}", """template parsing error: template: :1:2: executing "" at <lt true false>: error calling lt: invalid type for comparison""" },
        { "{{eq 1}}", """template parsing error: template: :1:2: executing "" at <eq 1>: error calling eq: missing argument for comparison""" },
        { "{{not}}", """template parsing error: template: :1:2: executing "" at <not>: wrong number of args for not: want 1 got 0""" },
        { "{{upper .Status.l}}", """template parsing error: template: :1:15: executing "" at <.Status.l>: wrong type for value; expected string; got []interface {}""" },
        { "{{range .Name}}x{{end}}", """template parsing error: template: :1:8: executing "" at <.Name>: range can't iterate over v""" },
        { "{{range 1.5}}x{{end}}", """template parsing error: template: :1:8: executing "" at <1.5>: range can't iterate over 1.5""" },
        { "{{slice .Status.l 5}}", """template parsing error: template: :1:2: executing "" at <slice .Status.l 5>: error calling slice: index out of range: 5""" },
        { "{{slice .Status.l 2 1}}", """template parsing error: template: :1:2: executing "" at <slice .Status.l 2 1>: error calling slice: invalid slice index: 2 > 1""" },
        { """{{pad "a" -1 1}}""", """template parsing error: template: :1:2: executing "" at <pad "a" -1 1>: error calling pad: strings: negative Repeat count""" },
        { """{{join .Name ","}}""", """template parsing error: template: :1:7: executing "" at <.Name>: wrong type for value; expected []string; got string""" },
        { """{{"a".b}}""", "template parsing error: template: :1: unexpected . after term \"\\\"a\\\"\"" },
        { "{{true.x}}", "template parsing error: template: :1: unexpected . after term \"true\"" },
        { "{{..}}", "template parsing error: template: :1: unexpected <.> in operand" },
        { "{{#}}", """template parsing error: template: :1: unexpected "#" in command""" },
        { "{{=}}", """template parsing error: template: :1: unexpected "=" in command""" },
        { """{{define "x"}}""", "template parsing error: template: :1: unexpected EOF" },
        { """{{if true}}{{define "x"}}{{end}}{{end}}""", "template parsing error: template: :1: unexpected <define> in command" },
        { "{{with .Name}}{{else if true}}{{end}}", "template parsing error: template: :1: unexpected <if> in input" },
        { """{{"\z"}}""", "template parsing error: template: :1: invalid syntax" },
        { "{{range $i, 5 := .Status}}{{end}}", "template parsing error: template: :1: range can only initialize variables" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_template_prints_what_docker_prints(string template, string answer) => Assert.Equal(answer, Print(template));

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_wrong_template_is_refused_in_dockers_words(string template, string message) =>
        Assert.Equal(message, Assert.Throws<TemplateException>(() => Print(template)).Message);

    private static string Print(string template)
    {
        using JsonDocument document = JsonDocument.Parse(Document);
        return Template.Parse(template).Print(document.RootElement);
    }
}
