using Xunit;

namespace Resolver.Execution.Tests.Corpora;

/// <summary>The corpus is what its generator makes.</summary>
public sealed class QuickstartCorpusTests
{
    [Fact]
    public async Task Generating_again_gives_the_committed_bytes()
    {
        Python.RequirePython3();
        using var folder = new TemporaryFolder();

        await Python.RunAsync([Path.Combine(Repository.Quickstart, "generate.py"), folder.Path]);

        Assert.Equal(Archives(Repository.Quickstart), Archives(folder.Path));
    }

    private static SortedDictionary<string, string> Archives(string corpus)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])["archive", "batch", "impossible"])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(corpus, name)))
                found.Add(
                    $"{name}/{Path.GetFileName(file)}",
                    Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))
                );
        }
        return found;
    }
}
