using Resolver.Execution.Wheels;
using Resolver.Testing;
using Xunit;

namespace Resolver.Execution.Tests.Wheels;

/// <summary>Binary distribution format, "Installing a wheel": "Apart from RECORD and its signatures, installation will
/// fail if any file in the archive is not both mentioned and correctly hashed in RECORD."</summary>
public sealed class WheelRecordTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_record_that_holds_has_no_defect() => Assert.Null(Defect(Wheel()));

    [Fact]
    public void Signatures_of_the_record_need_not_be_listed() =>
        Assert.Null(
            Defect(
                Wheel()
                    .With("*.dist-info/RECORD.jws", "{}")
                    .Recorded("*.dist-info/RECORD.jws", null)
                    .With("*.dist-info/RECORD.p7s", "-")
                    .Recorded("*.dist-info/RECORD.p7s", null)
            )
        );

    [Fact]
    public void A_stronger_hash_counts() =>
        Assert.Null(
            Defect(
                Wheel()
                    .Recorded(
                        "a.py",
                        "a.py,sha512=z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg_SpIdNs6c5H0NE8XYXysP-DGNKHfuwvY7kxvUdBeoGlODJ6-SfaPg,0"
                    )
                    .With("a.py", "")
            )
        );

    [Theory]
    [InlineData("a.py,sha256=AAAA,1", "a.py does not match its RECORD \\(sha256 expected AAAA, found .+\\)")]
    [InlineData(null, "a.py is not listed in its RECORD")]
    [InlineData("a.py,,", "a.py has no hash in its RECORD")]
    [InlineData("a.py,md5=AAAA,1", "a.py has a hash of kind md5 .* forbids")]
    [InlineData("a.py,crc=AAAA,1", "a.py has a hash of the unknown kind crc")]
    public void A_file_that_is_not_both_listed_and_hashed_right_is_a_defect(string? line, string said) =>
        Assert.Matches(said, Defect(Wheel().Recorded("a.py", line)));

    [Fact]
    public void A_listed_file_that_is_not_in_the_wheel_is_a_defect() =>
        Assert.Equal(
            "RECORD lists b.py, which is not in the wheel",
            Defect(Wheel().Recorded("b.py", "b.py,sha256=AAAA,1"))
        );

    [Fact]
    public void Two_lines_for_one_file_must_agree()
    {
        var right = "a.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0";

        Assert.Null(Defect(Wheel().With("a.py", "").Recorded("a.py", $"{right}\n{right}")));
        Assert.Equal(
            "a.py is listed twice in its RECORD, with different hashes or sizes",
            Defect(Wheel().With("a.py", "").Recorded("a.py", $"a.py,sha256=AAAA,0\n{right}"))
        );
    }

    [Theory]
    [InlineData("a.py,,", null)]
    [InlineData("a.py,sha256=AAAA,1", "a.py does not match its RECORD")]
    [InlineData(null, null)]
    public void Of_a_wheel_that_a_run_has_built_a_line_or_its_hash_may_be_absent(string? line, string? said)
    {
        var defect = WheelRecord.Defect(Wheel().Recorded("a.py", line).In(folder.Path), isBuilt: true);

        if (said is null)
            Assert.Null(defect);
        else
            Assert.StartsWith(said, defect, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_zip_is_left_to_pip()
    {
        File.WriteAllText(folder["a.whl"], "no zip");

        Assert.Null(WheelRecord.Defect(folder["a.whl"], isBuilt: false));
    }

    private static ToyWheel Wheel() => new ToyWheel("alpha", "1.0").With("a.py", "x = 1\n");

    private string? Defect(ToyWheel wheel) => WheelRecord.Defect(wheel.In(folder.Path), isBuilt: false);
}
