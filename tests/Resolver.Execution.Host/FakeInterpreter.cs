using Resolver.Interpreters;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Tags;

namespace Resolver.Execution.Host;

/// <summary>An interpreter that is a shell script beside the other files of a test.</summary>
public static class FakeInterpreter
{
    private const string Layout = "lib/python3.11/site-packages";

    /// <summary>That of a folder which holds the script <c>python</c>.</summary>
    public static Interpreter In(string folder) =>
        new()
        {
            Executable = Path.Combine(folder, "python"),
            Environment = MarkerEnvironment.CPython311OnLinux,
            Tags = new SupportedTags([]),
            Prefix = "/usr",
            PrefixLayout = new Dictionary<string, string>
            {
                ["purelib"] = Layout,
                ["platlib"] = Layout,
                ["scripts"] = "bin",
                ["data"] = "",
            },
            SearchPath = [],
            Installed = [],
        };
}
