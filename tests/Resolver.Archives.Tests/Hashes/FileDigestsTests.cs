using Resolver.Archives.Hashes;
using Resolver.Packaging.Hashes;
using Xunit;

namespace Resolver.Archives.Tests.Hashes;

/// <summary>Digests of files against those that Python's hashlib gives (FIPS 180-4).</summary>
public sealed class FileDigestsTests
{
    // (length, sha224) of the bytes 0, 1, 2 … modulo 251; lengths around the padding of a block and of the buffer.
    [Theory]
    [MemberData(nameof(Samples))]
    public void Sha224_is_that_of_the_standard(int length, string expected)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))]);

            Assert.Equal(expected, FileDigests.Of(file, [HashKind.Sha224])[HashKind.Sha224]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static TheoryData<int, string> Samples { get; } =
        new()
        {
            { 0, "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f" },
            { 1, "fff9292b4201617bdc4d3053fce02734166a683d7d858a7f5f59b073" },
            { 55, "8991dfba74284e04dc7581c7c3e4068ff6cb7a63733361429834bb56" },
            { 56, "2b2cd637c16ad7290bb067ad7d8fd04e204fa43a84366afc7130f4ef" },
            { 57, "e87f5bc938c3b981c197d4b163c635a5049fac81c4c6467e1251be48" },
            { 63, "049e8dd7eab3378ce9f823bfb569e5b270235d4b7f9623606971998f" },
            { 64, "c37b88a3522dbf7ac30d1c68ea397ac11d4773571aed01ddab73531e" },
            { 65, "114b5fd665736a96585c5d5837d35250aed73c725252cbf7f8b121f6" },
            { 119, "762f18c0df65c3d0ea64126c8a6e51db4425e76d4d969ed0f83899be" },
            { 120, "d022deb78772a77e8b91d68f90ca1f636e8fe047ae219434ced18eef" },
            { 1000, "c182669a7f6629dc7fd8a9198f15af15adbbaeffa1842e854f681357" },
            { 65536, "607733895ec1fec2f8782ae462c004ec75dd4f17dea2f67634180cef" },
            { 65537, "e20733058ac5d107f3ceccb6b832c01042ba63e2f5fe390d93a44c8b" },
            { 200000, "e4da50ed6395aeadd5bd0ea6df7e4c50ab43addf0e37a47ff1b077d1" },
        };

    [Fact]
    public void All_algorithms_are_computed_in_one_reading()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "abc");

            var digests = FileDigests.Of(file, Enum.GetValues<HashKind>());

            Assert.Equal("900150983cd24fb0d6963f7d28e17f72", digests[HashKind.Md5]);
            Assert.Equal("a9993e364706816aba3e25717850c26c9cd0d89d", digests[HashKind.Sha1]);
            Assert.Equal("23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7", digests[HashKind.Sha224]);
            Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digests[HashKind.Sha256]);
            Assert.StartsWith("cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163", digests[HashKind.Sha384]);
            Assert.StartsWith("ddaf35a193617abacc417349ae204131", digests[HashKind.Sha512]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
