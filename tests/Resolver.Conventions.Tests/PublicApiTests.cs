using PublicApiGenerator;

namespace Resolver.Conventions.Tests;

/// <summary>What each library makes public is approved, one file per library in <c>PublicApi</c>.
/// <c>RESOLVER_APPROVE=1</c> writes the files; read the difference before it is committed.</summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        // The path of the sources, and the versions of the compiler and of the repository, are no API.
        ExcludeAttributes =
        [
            "System.Reflection.AssemblyMetadataAttribute",
            "System.Runtime.CompilerServices.InternalsVisibleToAttribute",
            "System.Runtime.Versioning.TargetFrameworkAttribute",
        ],
        UseDenyNamespacePrefixesForExtensionMethods = false,
    };

    public static TheoryData<string> Libraries => [.. Layers.Dependencies.Keys.Where(layer => layer != "Resolver.Cli")];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_api_is_approved(string library)
    {
        var file = Path.Combine(Repository.Root, "tests", "Resolver.Conventions.Tests", "PublicApi", library + ".txt");
        var api = Layers.Load(library).GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

        if (Environment.GetEnvironmentVariable("RESOLVER_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, api);
        }
        else
        {
            var approved = File.Exists(file) ? File.ReadAllLines(file) : [];
            var lines = api.TrimEnd('\n').Split('\n');
            Assert.True(
                lines.SequenceEqual(approved),
                $"""
                The public API of {library} differs from {file}; RESOLVER_APPROVE=1 accepts it.
                New: {string.Join("\n     ", lines.Except(approved))}
                Gone: {string.Join("\n      ", approved.Except(lines))}
                """
            );
        }
    }

    [Fact]
    public void The_program_is_no_library() => Assert.Empty(Layers.Load("Resolver.Cli").GetExportedTypes());
}
