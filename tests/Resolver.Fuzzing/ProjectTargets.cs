using Resolver.Archives.Distributions;
using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Toml;

namespace Resolver.Fuzzing;

/// <summary>Readers of source projects: everything that a project's own files may state.</summary>
internal static class ProjectTargets
{
    private static readonly byte[] Package = "__version__ = '1.0'\n__all__ = ['a']\n"u8.ToArray();
    private static readonly byte[] List = "b>=1\n-r more.txt\n"u8.ToArray();
    private static readonly byte[] BuildSystem = "[build-system]\nrequires = ['setuptools']\n"u8.ToArray();

    public static void Toml(byte[] bytes)
    {
        if (TomlDocument.TryParse(bytes, "a.toml") is { Success: true } read)
        {
            var text = TomlWriter.Inline(read.Value);
            Law.Same(true, TomlDocument.TryParse($"a = {text}", "b.toml").Success, text);
        }
        Read(new() { ["pyproject.toml"] = bytes });
    }

    public static void SetupCfg(byte[] bytes) =>
        Read(new() { ["pyproject.toml"] = BuildSystem, ["setup.cfg"] = bytes });

    public static void SetupPy(byte[] bytes) => Read(new() { ["setup.py"] = bytes });

    private static void Read(Dictionary<string, byte[]> files)
    {
        files["a/__init__.py"] = Package;
        files["requirements.txt"] = List;
        files["README.md"] = List;
        files["VERSION"] = "1.0\n"u8.ToArray();
        Law.NoFault([
            SourceProject.Read(
                new MemoryFiles(files, "", new ReadingBudget()),
                new Distribution { Path = "a-1.0.tar.gz", Kind = DistributionKind.Sdist }
            ),
        ]);
    }
}
