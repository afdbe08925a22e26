using System.Text.Json;
using Resolver.Archives.Interpreters;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Tags;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>The interpreters of this machine, as far as a plan's execution needs to know them.</summary>
internal static class RealPython
{
    private const string Question = """
        import json, sys, sysconfig
        paths = sysconfig.get_paths(sysconfig.get_preferred_scheme('prefix') if sys.version_info >= (3, 10) else None, vars={'base': '', 'platbase': '', 'installed_base': ''})
        try:
            import pip
            version = pip.__version__
        except ImportError:
            version = None
        print(json.dumps([sys.executable, '%d.%d.%d' % sys.version_info[:3], sys.prefix, {k: paths[k].lstrip('/') for k in ('purelib', 'platlib', 'scripts', 'data')}, version]))
        """;

    /// <summary>Skips the test where there is no such Python.</summary>
    public static async Task<Interpreter> AskAsync(string executable = "python3")
    {
        Python.RequirePip();
        Assert.SkipWhen(executable != "python3" && !File.Exists(executable), $"there is no {executable}");
        using var answer = JsonDocument.Parse(await Python.RunAsync(executable, ["-c", Question]));
        var root = answer.RootElement;
        return new Interpreter
        {
            Executable = root[0].GetString()!,
            Environment = MarkerEnvironment.CPython311OnLinux with { PythonFullVersion = root[1].GetString()! },
            Tags = new SupportedTags([]),
            Prefix = root[2].GetString()!,
            PrefixLayout = root[3].EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()!),
            SearchPath = [],
            Installed = [],
            PipVersion = root[4].GetString(),
        };
    }

    /// <summary>A new environment without pip and without any distribution.</summary>
    public static async Task<Interpreter> EmptyEnvironmentAsync(string folder)
    {
        Python.RequirePip();
        await Python.RunAsync(["-m", "venv", "--without-pip", folder]);
        return await AskAsync(Path.Combine(folder, "bin", "python"));
    }
}
