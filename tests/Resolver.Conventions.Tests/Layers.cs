using System.Reflection;

namespace Resolver.Conventions.Tests;

/// <summary>The assemblies that ship, by the project that makes them.</summary>
internal static class Layers
{
    /// <summary>Each with the layers it may reference.</summary>
    public static IReadOnlyDictionary<string, string[]> Dependencies { get; } =
        new Dictionary<string, string[]>
        {
            ["Resolver.Sat"] = [],
            ["Resolver.Packaging"] = [],
            ["Resolver.Resolution"] = ["Resolver.Sat", "Resolver.Packaging"],
            ["Resolver.Archives"] = ["Resolver.Packaging", "Resolver.Resolution"],
            ["Resolver.Interpreters"] = ["Resolver.Packaging", "Resolver.Archives"],
            ["Resolver.Execution"] =
            [
                "Resolver.Packaging",
                "Resolver.Resolution",
                "Resolver.Archives",
                "Resolver.Interpreters",
            ],
            ["Resolver.Application"] =
            [
                "Resolver.Packaging",
                "Resolver.Resolution",
                "Resolver.Archives",
                "Resolver.Interpreters",
                "Resolver.Execution",
            ],
            ["Resolver.Cli"] =
            [
                "Resolver.Sat",
                "Resolver.Packaging",
                "Resolver.Resolution",
                "Resolver.Archives",
                "Resolver.Interpreters",
                "Resolver.Execution",
                "Resolver.Application",
            ],
        };

    public static TheoryData<string> Names => [.. Dependencies.Keys];

    /// <summary>The command line's assembly has the program's name.</summary>
    public static Assembly Load(string layer) => Assembly.Load(layer == "Resolver.Cli" ? "resolver" : layer);
}
