using System.Text;
using Resolver.Execution.Hooks;
using Xunit;

namespace Resolver.Execution.Tests.Hooks;

/// <summary>What a backend prints is bounded on disk, and its end is kept.</summary>
public sealed class HookLogTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    public void A_backend_that_prints_for_ever_fills_no_disk_and_its_last_words_are_kept(int piece)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("resolver-log-").FullName, "log");
        var bytes = Encoding.ASCII.GetBytes(new string('x', piece));

        using (var log = new HookLog(path))
        {
            log.Line("$ first words");
            for (var written = 0L; written < 20 << 20; written += piece)
                log.Write(bytes);
            log.Line("last words");
            Assert.InRange(new FileInfo(path).Length, 0, 9 << 20);
        }

        var text = File.ReadAllText(path);
        Assert.InRange(text.Length, 8 << 20, 9 << 20);
        Assert.StartsWith("$ first words\n", text, StringComparison.Ordinal);
        Assert.EndsWith("last words\n", text, StringComparison.Ordinal);
        Assert.Contains("bytes are left out here]", text, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
