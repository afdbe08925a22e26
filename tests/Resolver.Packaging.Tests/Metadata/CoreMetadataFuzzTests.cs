using System.Text;
using Resolver.Packaging.Metadata;

namespace Resolver.Packaging.Tests.Metadata;

/// <summary>Whatever the bytes are, there is an answer.</summary>
public sealed class CoreMetadataFuzzTests
{
    private static readonly string[] Seeds =
    [
        "Metadata-Version: 2.2\nName: x\nVersion: 1\nRequires-Dist: y>=1; extra == \"a\"\nProvides-Extra: "
            + "a\nDynamic: Requires-Dist\nRequires-Python: >=3.8\n\nbody\n",
        "Metadata-Version: 2.5\r\nName: x\r\nVersion: 1\r\nImport-Name: a ; private\r\nLicense-File: "
            + "a/b\r\nDescription: one\r\n        two\r\n",
    ];

    [Fact]
    public void No_text_crashes_the_reader_or_the_validator()
    {
        DocumentFuzz.Run(
            Seeds,
            text =>
            {
                var metadata = CoreMetadata.Read(text);

                Assert.All(metadata.Validate(), error => Assert.DoesNotContain('\n', error.ToString()));
                Assert.All(metadata.Fields, field => Assert.InRange(field.Line, 1, text.Length + 1));
                Assert.Equal(
                    metadata.Name is null,
                    metadata.RawName is null || metadata.Defects.Count > 0 && metadata.Name is null
                );
            }
        );
    }

    [Fact]
    public void Bytes_and_text_are_read_alike()
    {
        DocumentFuzz.Run(
            Seeds,
            text =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);

                Assert.Equal(CoreMetadata.Read(Encoding.UTF8.GetString(bytes)).Fields, CoreMetadata.Read(bytes).Fields);
            }
        );
    }

    [Fact]
    public void Random_bytes_are_read()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);

            Assert.NotEmpty(CoreMetadata.Read(bytes).Defects);
        }
    }
}
