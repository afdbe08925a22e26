using System.Xml.Linq;

namespace Resolver.Conventions.Tests;

/// <summary>A clean clone builds the same thing everywhere.</summary>
public sealed class BuildTests
{
    private static IEnumerable<string> Projects =>
        new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, ".csproj"));

    [Fact]
    public void Every_package_version_is_in_one_place()
    {
        var versioned = Projects.Where(project =>
            XDocument
                .Load(project)
                .Descendants("PackageReference")
                .Any(package => package.Attribute("Version") is not null)
        );

        Assert.Empty(versioned);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Resolver.sln"));

        Assert.DoesNotContain(
            Projects,
            project => !solution.Contains(Path.GetFileName(project), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_project_has_its_restore_locked()
    {
        Assert.DoesNotContain(
            Projects,
            project => !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))
        );
    }
}
