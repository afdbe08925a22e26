using Resolver.Archives.Metadata.PythonSource;
using Xunit;

namespace Resolver.Archives.Tests.Metadata;

/// <summary>What is certain of a call of setup() although not all of the file can be determined.</summary>
public sealed class SetupCallTests
{
    private static PythonValue? Argument(string script, string keyword) =>
        PythonModule.Read(script)?.SetupArguments()?[keyword];

    /// <summary>Python forbids to repeat a keyword, so what <c>**</c> brings cannot be another name.</summary>
    [Theory]
    [InlineData("setup(name='a', **anything())")]
    [InlineData("setup(**anything(), name='a')")]
    [InlineData("kw = {}\nif x:\n    kw.update(y)\nsetup(name='a', **kw)")]
    [InlineData("meta = dict(name='a', **more())\nsetup(**meta)")]
    [InlineData("meta = {**more(), 'name': 'a'}\nsetup(**meta)")]
    [InlineData("if x:\n    setup(name='a', version=f())\nelse:\n    setup(name='a')")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta['ext_modules'] = y\nsetup(**meta)")]
    [InlineData("meta = dict(name='a', install_requires=[])\nmeta['install_requires'].append('b')\nsetup(**meta)")]
    [InlineData("meta = dict(name='a', extras={})\nmeta['extras']['x'] = ['b']\nsetup(**meta)")]
    [InlineData("meta = {}\nmeta['name'] = 'a'\nsetup(**meta)")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta.update(ext_modules=f(1, 2), cmdclass={})\nsetup(**meta)")]
    [InlineData(
        "meta = dict(name='a')\ndef main():\n    try:\n        setup(**meta)\n    except:\n        del meta['x']\n   "
            + "     setup(**meta)\nmain()"
    )]
    [InlineData(
        "def main():\n    meta = dict(name='a')\n    if x:\n        meta.update(scripts=y)\n    setup(**meta)\nmain()"
    )]
    [InlineData("meta = dict(name='a')\nif x:\n    meta.update(dict(ext_modules=[f('b', c=[1])]),)\nsetup(**meta)")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta.update({'ext_modules': f(d={'name': 1})})\nsetup(**meta)")]
    [InlineData("NAME = 'a'\ndef main():\n    setup(name=NAME)\nmain()")]
    [InlineData("NAME = 'a'\ndef other():\n    NAME = 'b'\ndef main():\n    setup(name=NAME)\nmain()")]
    public void A_keyword_that_is_written_out_is_certain(string script) =>
        Assert.Equal(new PythonValue.Text("a"), Argument(script, "name"));

    [Theory]
    [InlineData("meta = {'name': 'a', **more()}\nsetup(**meta)")]
    [InlineData("meta = {'name': 'a', key(): 'b'}\nsetup(**meta)")]
    [InlineData("setup(version='1', **anything())")]
    [InlineData("if x:\n    setup(name='a', version='1')\nelse:\n    setup(name='b', version='1')")]
    [InlineData("if x:\n    setup(name='a', version='1')\nelse:\n    setup(version='1')")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta['name'] = 'b'\nsetup(**meta)")]
    [InlineData("meta = dict(name='a')\nmeta['name'] += 'b'\nsetup(**meta)")]
    [InlineData("meta = {}\nmeta['name'] = 'a'\nmeta['name'] = 'b'\nsetup(**meta)")]
    [InlineData("meta = {}\nif x: meta['name'] = 'a'\nsetup(**meta)")]
    [InlineData("meta = {}\nother = meta\nother['name'] = 'b'\nmeta['name'] = 'a'\nsetup(version='1', **meta)")]
    [InlineData("meta = {}\ndef main():\n    setup(**meta)\nmain()\nmeta['name'] = 'a'")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta.update(name='b')\nsetup(version='1', **meta)")]
    [InlineData("meta = dict(name='a')\nmeta.update(more)\nsetup(version='1', **meta)")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta.update(dict(name='b'))\nsetup(version='1', **meta)")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta.update({'name': 'b'})\nsetup(version='1', **meta)")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta.update(dict(**more))\nsetup(version='1', **meta)")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta.update({key: 'b'})\nsetup(version='1', **meta)")]
    [InlineData("meta = dict(name='a')\nif x:\n    meta.update({'c': 1} | more)\nsetup(version='1', **meta)")]
    [InlineData("def main():\n    n = 'a'\n    if x:\n        n = 'b'\n    setup(name=n)\nmain()")]
    [InlineData("def main():\n    if x:\n        n = 'a'\n    setup(name=n)\nmain()")]
    [InlineData("def main():\n    n = ['a']\n    n.append('b')\n    setup(name=n)\nmain()")]
    [InlineData(
        "def f(m): m['name'] = 'b'\ndef main():\n    m = dict(name='a')\n    f(m)\n    setup(version='1', **m)\nmain()"
    )]
    [InlineData("NAME = 'a'\ndef main(NAME):\n    setup(name=NAME)\nmain('b')")]
    [InlineData("NAME = 'a'\ndef main():\n    for NAME in x: pass\n    setup(name=NAME)\nmain()")]
    [InlineData("NAME = 'a'\ndef main():\n    global NAME\n    NAME = 'b'\n    setup(name=NAME)\nmain()")]
    public void What_another_part_of_the_file_may_say_is_unknown(string script) =>
        Assert.Equal(PythonValue.Unknown.Instance, Argument(script, "name"));

    /// <summary>What neither call says is left to setup.cfg.</summary>
    [Fact]
    public void Two_calls_that_say_nothing_of_a_value_do_not_make_it_unknown() =>
        Assert.Null(
            PythonModule.Read("if x:\n    setup(ext_modules=f())\nelse:\n    setup()")!.SetupArguments()!["name"]
        );

    [Theory]
    [InlineData("R = ['a']\nif x:\n    R.append('b')\nsetup(name='n', version='1', install_requires=R)")]
    [InlineData("setup(name='n', version='1', install_requires=['a'] + more)")]
    [InlineData("m = dict(name='n', version='1')\nif x:\n    m['install_requires'] = ['b']\nsetup(**m)")]
    public void A_value_that_is_changed_in_one_branch_is_unknown_and_the_others_are_kept(string script)
    {
        var arguments = PythonModule.Read(script)!.SetupArguments()!;

        Assert.Equal(new PythonValue.Text("n"), arguments["name"]);
        Assert.Equal(new PythonValue.Text("1"), arguments["version"]);
        Assert.Equal(PythonValue.Unknown.Instance, arguments["install_requires"]);
    }

    /// <summary>What setuptools' <c>attr:</c> and Flit take: <c>ast.literal_eval</c> of the first assignment at the
    /// top, whatever follows.</summary>
    [Theory]
    [InlineData("__version__ = '1'\nfrom x import *", "1")]
    [InlineData("__version__ = '1'\n__version__ = '2'", "1")]
    [InlineData("__version__: str = '1'\nif x:\n    __version__ = '2'", "1")]
    [InlineData("version = __version__ = '1'\nexec(x)", "1")]
    [InlineData("if x:\n    __version__ = '0'\n__version__ = '1'", "1")]
    [InlineData("__version__ = f()\n__version__ = '1'", null)]
    [InlineData("__version__ = '1' + '2'", null)]
    [InlineData("V = '1'\n__version__ = V", null)]
    [InlineData("with x:\n    __version__ = '1'", null)]
    public void The_first_literal_at_the_top_is_the_one_of_literal_eval(string module, string? expected) =>
        Assert.Equal(
            expected is null ? PythonValue.Unknown.Instance : new PythonValue.Text(expected),
            PythonModule.Read(module)!.FirstLiteral("__version__")
        );
}
