using Resolver.Execution.Hooks;
using Xunit;

namespace Resolver.Execution.Tests.Hooks;

/// <summary>A kept answer of a backend that was damaged is no answer.</summary>
public sealed class HookStoreTests
{
    [Theory]
    [InlineData("Metadata-Version: 2.1\nName: a\nVersion: 1\n")]
    [InlineData(null)]
    public void An_answer_with_any_damaged_byte_is_none_or_the_one_that_was_kept(string? metadata)
    {
        var folder = Directory.CreateTempSubdirectory("resolver-answers-").FullName;
        var store = new HookStore(folder);
        store.Keep("key", ["setuptools>=40", "wheel"], metadata);
        var file = Directory.EnumerateFiles(folder).Single();
        var whole = File.ReadAllBytes(file);

        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var difference in (byte[])[1, 0x20, 0x80])
            {
                var damaged = whole.ToArray();
                damaged[at] ^= difference;
                File.WriteAllBytes(file, damaged);
                if (store.Find("key") is { } found)
                    Assert.Equal(
                        (metadata, "setuptools>=40,wheel"),
                        (found.Metadata, string.Join(',', found.Requires))
                    );
            }
            File.WriteAllBytes(file, whole[..at]);
            Assert.Null(store.Find("key"));
        }
        Directory.Delete(folder, recursive: true);
    }
}
