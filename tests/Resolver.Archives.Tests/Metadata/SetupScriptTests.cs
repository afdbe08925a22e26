using Resolver.Archives.Metadata.PythonSource;
using Xunit;

namespace Resolver.Archives.Tests.Metadata;

/// <summary>Literal arguments of setup() are read; everything else is unknown and never guessed.</summary>
public sealed class SetupScriptTests
{
    private static PythonValue? Argument(string script, string keyword) =>
        PythonModule.Read(script)?.SetupArguments()?[keyword];

    [Theory]
    [InlineData("setup(name='a')", "a")]
    [InlineData("import setuptools\nsetuptools.setup(name = \"a\" 'b')", "ab")]
    [InlineData("N = 'a'\nsetup(name=N)", "a")]
    [InlineData("N = 'a'\nM = N + '-b'\nsetup(name=M)", "a-b")]
    [InlineData("setup(name=r'a\\n')", "a\\n")]
    [InlineData("setup(name='a\\x62')", "ab")]
    [InlineData("setup(**{'name': 'a'})", "a")]
    [InlineData("meta = dict(name='a', version=get())\nsetup(**meta)", "a")]
    [InlineData("meta = {'n': 'a'}\nsetup(name=meta['n'])", "a")]
    [InlineData("if __name__ == '__main__':\n    setup(\n        name='a',  # the name\n    )\n", "a")]
    [InlineData("name: str = 'a'\nsetup(name=name)", "a")]
    [InlineData("setup(version=open('x').read(), name='a')", "a")]
    [InlineData("setup(cmdclass={'x': lambda: 1}, name='a')", "a")]
    [InlineData("exec(open('x.py').read())\nN = 'a'\nsetup(name=N)", "a")]
    [InlineData("N = 'a'\nown = {}\nexec(open('x.py').read(), own)\nsetup(name=N)", "a")]
    [InlineData("N = 'a'\nif x: y = 1\nclass C: N = 'b'\nsetup(name=N)", "a")]
    [InlineData(
        "try:\n    from setuptools import setup\nexcept ImportError:\n    from distutils.core import "
            + "setup\nsetup(name='a')",
        "a"
    )]
    [InlineData("'''doc'''\ndef f():\n    name = 'b'\nname = 'a'\nsetup(name=name)", "a")]
    public void A_literal_is_read(string script, string expected) =>
        Assert.Equal(new PythonValue.Text(expected), Argument(script, "name"));

    [Theory]
    [InlineData("setup(name=f'a')")]
    [InlineData("setup(name=b'a')")]
    [InlineData("setup(name='a' % 1)")]
    [InlineData("setup(name='a' if x else 'b')")]
    [InlineData("setup(name='a'.replace('a', 'b'))")]
    [InlineData("setup(name=compute())")]
    [InlineData("N = 'a'\nN = 'b'\nsetup(name=N)")]
    [InlineData("N = 'a'\nN += 'b'\nsetup(name=N)")]
    [InlineData("N = 'a'\nif x:\n    N = 'b'\nsetup(name=N)")]
    [InlineData("N = 'a'\nfor N in y: pass\nsetup(name=N)")]
    [InlineData("from x import N\nsetup(name=N)")]
    [InlineData("def f():\n    N = 'b'\n    setup(name=N)\nN = 'a'\nf()")]
    [InlineData("N = N2\nN2 = N\nsetup(name=N)")]
    [InlineData("N = 'a'\ntry: import x\nexcept ImportError: N = 'b'\nsetup(name=N)")]
    [InlineData("N = 'a'\nif x: pass\nelse: y = 1; N = 'b'\nsetup(name=N)")]
    [InlineData("N = 'a'\nexec(open('x.py').read())\nsetup(name=N)")]
    [InlineData("N = 'a'\nexec(open('x.py').read(), globals())\nsetup(name=N)")]
    [InlineData("N = 'a'\nfrom x import *\nsetup(name=N)")]
    [InlineData("N = 'a'\nglobals()['N'] = 'b'\nsetup(name=N)")]
    public void What_only_running_tells_is_unknown(string script) =>
        Assert.Equal(PythonValue.Unknown.Instance, Argument(script, "name"));

    [Theory]
    [InlineData("setup(**anything)")]
    [InlineData("setup(name='a')\nsetup(name='b')")]
    [InlineData("other(name='a')")]
    [InlineData("x.setup(name='a')")]
    [InlineData("setup(name='a'")]
    [InlineData("def setup(name): pass")]
    [InlineData("from my_helpers import setup\nsetup(name='a')")]
    [InlineData("setup = wrapped(setuptools.setup)\nsetup(name='a')")]
    public void Unknown_arguments_do_not_count(string script) =>
        Assert.Null(PythonModule.Read(script)?.SetupArguments());

    [Theory]
    [InlineData("R = ['a', 'b>1']\nsetup(install_requires=R)", "a|b>1")]
    [InlineData("R = ['a'] + ['b']\nsetup(install_requires=[*R, 'c'])", "a|b|c")]
    [InlineData("setup(install_requires=('a', 'b',))", "a|b")]
    [InlineData("setup(install_requires='a\\nb'.split())", "a|b")]
    [InlineData("setup(install_requires='''\na\nb\n'''.strip().splitlines())", "a|b")]
    [InlineData("setup(install_requires=[])", "")]
    public void Lists_are_read(string script, string expected) =>
        Assert.Equal(expected, string.Join('|', Argument(script, "install_requires")!.Texts()!));

    [Theory]
    [InlineData("R = ['a']\nR.append('b')\nsetup(install_requires=R)")]
    [InlineData("R = ['a']\nif x:\n    R.append('b')\nsetup(install_requires=R)")]
    [InlineData("R = ['a']\nR[0] = 'b'\nsetup(install_requires=R)")]
    [InlineData("E = {'x': ['a']}\nE['x'].append('b')\nsetup(install_requires=E['x'])")]
    [InlineData("R = [x for x in y]\nsetup(install_requires=R)")]
    [InlineData("setup(install_requires=['a', b()])")]
    [InlineData("R = ['a']\nS = R\nS.append('b')\nsetup(install_requires=R)")]
    [InlineData("R = S = ['a']\nS += ['b']\nsetup(install_requires=R)")]
    [InlineData("def add(to): to.append('b')\nR = ['a']\nadd(R)\nsetup(install_requires=R)")]
    [InlineData("E = {'x': ['a']}\nfor R in E.values(): R.append('b')\nsetup(install_requires=E['x'])")]
    [InlineData("E = {'x': ['a']}\nE.get('x').append('b')\nsetup(install_requires=E['x'])")]
    public void A_list_that_is_changed_or_computed_is_unknown(string script) =>
        Assert.Equal(PythonValue.Unknown.Instance, Argument(script, "install_requires"));

    [Fact]
    public void Deep_nesting_ends_in_unknown_and_not_in_a_crash()
    {
        var script = $"setup(name={new string('[', 5000)}{new string(']', 5000)})";

        Assert.NotEqual(new PythonValue.Text(""), Argument(script, "name"));
    }

    [Fact]
    public void Values_that_grow_without_bound_end_in_unknown()
    {
        var script =
            "a0 = 'x' * 1\nb0 = 'xxxxxxxx'\n"
            + string.Concat(Enumerable.Range(1, 50).Select(i => $"b{i} = b{i - 1} + b{i - 1}\n"))
            + "setup(name=b50, version=b3)";

        Assert.Equal(PythonValue.Unknown.Instance, Argument(script, "name"));
        Assert.Equal(new PythonValue.Text(new string('x', 64)), Argument(script, "version"));
    }

    [Fact]
    public void A_chain_of_many_names_ends_in_unknown()
    {
        var script = string.Concat(Enumerable.Range(1, 20000).Select(i => $"b{i} = b{i + 1}\n")) + "setup(name=b1)";

        Assert.Equal(PythonValue.Unknown.Instance, Argument(script, "name"));
    }

    /// <summary>Any sequence of tokens is read without an exception; RESOLVER_FUZZ sets how many.</summary>
    [Fact]
    public void Token_soup_is_survived()
    {
        string[] words =
        [
            "setup",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "=",
            ".",
            ",",
            ":",
            "**",
            "*",
            "+",
            "'a'",
            "\"\"\"b\"\"\"",
            "f'c'",
            "x",
            "y",
            "1",
            "-",
            "\n",
            "\n    ",
            ";",
            "def",
            "class",
            "if",
            "for",
            "in",
            "import",
            "from",
            "as",
            "with",
            "lambda",
            "\\\n",
            "#",
            "dict",
            "split",
            "+=",
            ":=",
            "global",
            "del",
            "__name__",
        ];
        var random = new Random(7);
        for (
            var i = 0;
            i < (int.TryParse(Environment.GetEnvironmentVariable("RESOLVER_FUZZ"), out var count) ? count : 5000);
            i++
        )
        {
            var script = string.Join(
                random.Next(2) == 0 ? " " : "",
                Enumerable.Range(0, random.Next(1, 40)).Select(_ => words[random.Next(words.Length)])
            );
            var module = PythonModule.Read(script);

            var arguments = module?.SetupArguments();
            Assert.True(arguments is null || arguments.Items.All(a => a.Key.Length > 0), script);
            Assert.True(module is null || module["x"] is not null, script);
        }
    }
}
