/**
 * charnn on Apache Spark. What runs on the driver is {@link charnn.spark.SparkExecutor}; what runs
 * on the executors is {@link charnn.spark.Replica}. All that is sent between them is {@link
 * java.io.Serializable}.
 */
package charnn.spark;
