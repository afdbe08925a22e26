using Resolver.Execution.Destinations;
using Xunit;

namespace Resolver.Execution.Tests.Destinations;

/// <summary>RECORD is CSV (PEP 376).</summary>
public sealed class RecordFileTests
{
    [Theory]
    [InlineData("a/b.py,sha256=x,12", "a/b.py")]
    [InlineData("a/b.py", "a/b.py")]
    [InlineData("\"a,b\".py", "a,b")]
    [InlineData("\"a,\"\"b\"\".py\",,", "a,\"b\".py")]
    [InlineData("../../../bin/x,,", "../../../bin/x")]
    public void The_path_is_the_first_field(string line, string path)
    {
        Assert.Equal(path, RecordFile.Entry(line).Path);
    }
}
