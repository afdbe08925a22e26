using System.Reflection;

namespace Resolver.Conventions.Tests;

/// <summary>The assemblies that ship, by the project that makes them.</summary>
internal static class Houses
{
    /// <summary>Each with the houses it may know.</summary>
    public static IReadOnlyDictionary<string, string[]> Arrows { get; } =
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

    public static TheoryData<string> Names => [.. Arrows.Keys];

    /// <summary>The command line's assembly has the program's name.</summary>
    public static Assembly Load(string house) => Assembly.Load(house == "Resolver.Cli" ? "resolver" : house);
}
