using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Resolver.Conventions.Tests;

/// <summary>What is public is explained, and what was decided is written down.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Names => Layers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_public_type_has_a_summary(string layer)
    {
        var assembly = Layers.Load(layer);
        var documented = XDocument
            .Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member")
            .Where(member =>
                member.Element("summary") is { Value.Length: > 0 } || member.Element("inheritdoc") is not null
            )
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();

        var missing = assembly
            .GetExportedTypes()
            .Select(type => "T:" + type.FullName!.Replace('+', '.'))
            .Where(name => !documented.Contains(name));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_package_has_its_reason_in_the_decisions()
    {
        var packages = XDocument
            .Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value);
        var decisions = string.Concat(Repository.Files("docs/decisions", ".md").Select(File.ReadAllText));

        Assert.DoesNotContain(packages, package => !decisions.Contains($"`{package}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_corpus_says_where_it_comes_from()
    {
        var corpora = Path.Combine(Repository.Root, "corpora");
        Assert.SkipUnless(Directory.Exists(corpora), "there are no corpora");

        Assert.All(
            Directory.EnumerateDirectories(corpora),
            corpus => Assert.True(File.Exists(Path.Combine(corpus, "README.md")), corpus)
        );
    }

    [Fact]
    public void Every_muted_rule_carries_its_reason_on_the_same_line()
    {
        var muted = new[] { "Directory.Build.props", "tests/Directory.Build.props" }
            .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, file)))
            .Concat(
                Repository
                    .Files("src", ".csproj")
                    .Concat(Repository.Files("tests", ".csproj"))
                    .SelectMany(File.ReadLines)
            )
            .Where(line =>
                line.Contains("<NoWarn>", StringComparison.Ordinal) && !line.Contains("<!--", StringComparison.Ordinal)
            );
        var pragmas = Repository
            .Files("src", ".cs")
            .SelectMany(File.ReadLines)
            .Where(line =>
                line.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
                && !line.Contains("//", StringComparison.Ordinal)
            );

        Assert.Empty(muted.Concat(pragmas));
    }

    /// <summary>docs/security.md says of each promise where it is tested: a class, a class and a law, or another law
    /// of the class named before. What ends with … is the beginning of a law.</summary>
    [Fact]
    public void Every_test_that_the_page_on_security_names_is_there()
    {
        var tests = string.Concat(Repository.Files("tests", ".cs").Select(File.ReadAllText));
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs/security.md"));
        var named = lines
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(line => TestName().Matches(line.TrimEnd('|', ' ').Split('|')[^1]))
            .SelectMany(match => match.Groups[1].Value.Split('.'))
            // In sentences, too.
            .Concat(
                lines
                    .SelectMany(line => TestName().Matches(line))
                    .Select(match => match.Groups[1].Value.Split('.'))
                    .Where(parts => parts[0].EndsWith("Tests", StringComparison.Ordinal))
                    .SelectMany(parts => parts)
            )
            .ToHashSet();

        Assert.InRange(named.Count, 30, 500);
        Assert.DoesNotContain(
            named,
            name =>
                !(
                    name.EndsWith('…')
                        ? tests.Contains($" {name[..^1].TrimEnd('_')}_", StringComparison.Ordinal)
                        : tests.Contains($" {name}(", StringComparison.Ordinal)
                            || tests.Contains($"class {name}", StringComparison.Ordinal)
                )
        );
    }

    [GeneratedRegex(@"`([A-Z]\w+(?:\.[A-Z][\w]+)?…?)`")]
    private static partial Regex TestName();
}
