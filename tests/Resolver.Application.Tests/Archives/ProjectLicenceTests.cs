using System.IO.Compression;
using Resolver.Application.Archives;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Application.Tests.Archives;

/// <summary>The licences that distributions declare (PEP 639, and what was usual before).</summary>
public sealed class ProjectLicenceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("resolver-licence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("License-Expression: MIT OR Apache-2.0\nLicense: other", "MIT OR Apache-2.0", true)]
    [InlineData("License: BSD", "BSD", false)]
    [InlineData("License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License", "MIT License", false)]
    [InlineData("License: The MIT License\n\n        Permission is hereby granted", "The MIT License", false)]
    [InlineData(
        "Classifier: License :: OSI Approved :: MIT License\nClassifier: License :: Public Domain",
        "MIT License, Public Domain",
        false
    )]
    [InlineData("License: UNKNOWN", null, false)]
    [InlineData("Summary: none", null, false)]
    public void Metadata_declare_a_licence(string fields, string? text, bool isExpression)
    {
        var metadata = $"Metadata-Version: 2.4\nName: app\nVersion: 1\n{fields}\n";

        foreach (
            var (kind, file) in new[]
            {
                (DistributionKind.Wheel, Zip("app-1-py3-none-any.whl", "app-1.dist-info/METADATA", metadata)),
                (DistributionKind.Sdist, Zip("app-1.zip", "app-1/PKG-INFO", metadata)),
            }
        )
        {
            var licence = ProjectLicence.Of(Candidate(kind, file));
            Assert.Equal(text, licence?.Text);
            Assert.Equal(isExpression, licence?.IsExpression ?? false);
        }
    }

    [Theory]
    [InlineData("[project]\nname = 'app'\nlicense = 'MIT'", "MIT", true)]
    [InlineData("[project]\nname = 'app'\nlicense = {text = 'BSD'}", "BSD", false)]
    [InlineData("[tool.poetry]\nname = 'app'\nlicense = 'ISC'", "ISC", false)]
    [InlineData("[project]\nname = 'app'\nlicense = {file = 'LICENSE'}", null, false)]
    [InlineData("[project", null, false)]
    public void A_project_file_declares_one_where_there_are_no_metadata(string content, string? text, bool isExpression)
    {
        Directory.CreateDirectory(Path.Combine(folder, "tree/sub"));
        File.WriteAllText(Path.Combine(folder, "tree/sub/pyproject.toml"), content);
        var tree = ProjectLicence.Of(
            Candidate(DistributionKind.Tree, Path.Combine(folder, "tree") + "#subdirectory=sub")
        );
        var file = Zip("app-1.zip", "app-1/sub/pyproject.toml", content);
        var sdist = ProjectLicence.Of(Candidate(DistributionKind.Sdist, file + "#subdirectory=sub"));

        Assert.Equal((text, isExpression), (tree?.Text, tree?.IsExpression ?? false));
        Assert.Equal(tree, sdist);
    }

    [Fact]
    public void A_file_that_cannot_be_read_declares_no_version()
    {
        var broken = Path.Combine(folder, "broken-1.tar.gz");
        File.WriteAllText(broken, "no archive");

        Assert.Null(ProjectLicence.Of(Candidate(DistributionKind.Sdist, broken)));
        Assert.Null(ProjectLicence.Of(Candidate(DistributionKind.Wheel, Path.Combine(folder, "absent.whl"))));
    }

    private static Candidate Candidate(DistributionKind kind, string path) =>
        new()
        {
            Name = PackageName.Parse("app"),
            Version = Version.Parse("1"),
            Kind = kind,
            Path = path,
        };

    private string Zip(string name, string member, string content)
    {
        var path = Path.Combine(folder, name);
        File.Delete(path);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using var writer = new StreamWriter(archive.CreateEntry(member).Open());
        writer.Write(content);
        return path;
    }
}
