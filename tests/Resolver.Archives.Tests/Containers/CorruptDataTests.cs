using Resolver.Archives.Containers;
using Xunit;

namespace Resolver.Archives.Tests.Containers;

/// <summary>What is wrong with an archive is said in our words: those of the runtime and of decompressors are for
/// their users, and often miss the cause.</summary>
public sealed class CorruptDataTests
{
    public static TheoryData<string> Kinds => ["none", "gzip", "bzip2", "xz", "zstd", "lzma", "zip"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_never_repeats_what_a_decompressor_says(string kind)
    {
        using var scratch = new Scratch();
        var whole = ContainerReaderTests.Container(
            kind,
            [("a-1/pyproject.toml", string.Concat(Enumerable.Range(0, 200).Select(i => $"# {i * i}\n")))]
        );
        var messages = new HashSet<string>();

        for (var bit = 0; bit < whole.Length * 8; bit += 1 + whole.Length / 100)
        {
            var bytes = whole.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var path = scratch.Write("damaged", bytes);
            Judge(() =>
                ContainerReader.Read(
                    path,
                    _ => true,
                    ContainerLimits.Default,
                    hash: true,
                    TestContext.Current.CancellationToken
                )
            );
            Directory.CreateDirectory(scratch[$"unpacked{bit}"]);
            Judge(() =>
                Unpacker.Unpack(
                    path,
                    scratch[$"unpacked{bit}"],
                    ContainerLimits.Default,
                    TestContext.Current.CancellationToken
                )
            );
        }

        Assert.NotEmpty(messages);
        if (kind == "gzip")
            Assert.Contains("it cannot be decompressed: its data are corrupt", messages);

        void Judge(Func<object> read)
        {
            try
            {
                read();
            }
            catch (ContainerException refused)
            {
                messages.Add(refused.Message);
                for (var cause = refused.InnerException; cause is not null; cause = cause.InnerException)
                {
                    if (cause is not ContainerException && cause.InnerException is not ContainerException)
                        Assert.DoesNotContain(cause.Message.TrimEnd('.'), refused.Message, StringComparison.Ordinal);
                }
            }
        }
    }
}
